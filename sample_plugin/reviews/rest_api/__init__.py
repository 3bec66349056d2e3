"""The REST API. It resolves keys, asks for permissions and puts values into JSON; what is done is done by ``api``."""
