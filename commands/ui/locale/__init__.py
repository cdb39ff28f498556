"""The gettext catalogues, one .po a language, and the module that keeps them up with the code."""
