"""``newsclaims serve``: claims over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from newsclaims.commands.options import Model, RuleFiles


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than this machine's need a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any free one.")] = 8766,
    token: Annotated[
        str | None,
        typer.Option(envvar="NEWSCLAIMS_TOKEN", help="Secret that clients must send; made up if needed."),
    ] = None,
    model: Model = None,
    rules: RuleFiles = None,
    max_size: Annotated[float, typer.Option(min=0.001, help="Largest article, in MB of its request.")] = 4.0,
    timeout: Annotated[float, typer.Option(min=0.1, help="Longest wait for an article, in seconds.")] = 60.0,
) -> None:
    """Answer with claims to articles sent over HTTP: POST /extract; /docs says how.

    Example: newsclaims serve --port 8766
    """
    import uvicorn

    from newsclaims.claims.userfiles import user_files
    from newsclaims.extraction import Extractor
    from newsclaims.listening import listen, token_for
    from newsclaims.server.app import make_app
    from newsclaims.server.bodies import Limits

    made_up, token = token is None, token_for(host, token)
    listener = listen(host, port)
    app = make_app(
        Extractor(model, user_files(rules or ())),
        host=host,
        token=token,
        limits=Limits(size=int(max_size * 1024 * 1024), seconds=timeout),
    )
    name = f"[{host}]" if ":" in host else host
    typer.echo(f"Listening on http://{name}:{listener.getsockname()[1]} (/docs says how to use it)", err=True)
    if made_up and token:
        typer.echo(f"Clients must send the header  Authorization: Bearer {token}", err=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])
