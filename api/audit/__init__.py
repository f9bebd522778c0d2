"""The audit: who was told what of whom, to what end; written before they are told.

`chain` says what a row is and how rows hold together, `segments` which files they stand in, `log`
writes them, `anchors` takes the chain's head elsewhere, and `verifying` looks whether anything was
altered. `keeping` puts the rows of everybody who waits on the disk with one sync. `rows` makes a
row of an operation; `reading` and `disclosing` are for privacy officers.
"""
