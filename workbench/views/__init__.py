"""
Studio's endpoints, as far as one needs them to write the content of a library and to publish it.

Paths, methods and answers are Studio's, and each calls openedx-core as Studio's own code does (see authoring.py), so a
plugin meets the same calls here and there. docs/reference/workbench.rst lists what is missing and what differs.

* Nothing here asks whether a change may be published, only whether its author may publish, as in Studio. If a plugin
  refuses a change, it does so from inside core's call, and an ``APIException`` of its own reaches the client as it is.
* Most views opt out of the transaction that Django puts around a request (``ATOMIC_REQUESTS``): core opens its own.
  The others derive from ``AtomicStudioView``.
"""
