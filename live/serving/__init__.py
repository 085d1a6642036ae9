"""How the service is served: Daphne in this process, made quick for one text to thousands of screens, and ended with manners.

The application stays plain ASGI: it runs unchanged on stock Daphne and on uvicorn, only slower (docs/decisions/0003).
"""
