"""The picture that a shared link shows (https://ogp.me): one for the site, each district, plan, measure, shared measure
and indicator, with both languages in it, drawn at build time.

`cards` says what a picture shows, `typeset` breaks its lines, `draw` makes the PNG, `pictures` puts it on the site and
keeps what was drawn before; `font` and `subset` are about the font.
"""
