"""Who may open the page, and who may change what it shows.

`gate` turns away requests that no reader of this page makes; `login` asks who
it is; `person` says who it was found to be.
"""
