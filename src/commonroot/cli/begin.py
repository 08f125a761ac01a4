"""`commonroot begin`: a new network's region and its first person."""

import click

from commonroot.cli.problems import ProblemError
from commonroot.cli.serve import make_database, start_django


@click.command()
@click.option("--region", prompt="Name of the region or network")
@click.option("--name", prompt="Your name")
@click.option("--email", prompt="Your e-mail")
@click.option(
    "--password",
    prompt="A password of 15 characters or more",
    hide_input=True,
    confirmation_prompt=True,
)
def begin(region: str, name: str, email: str, password: str) -> None:
    """Make a region and its partnership director, who invites everybody else.

    Nobody else can be made from the command line.
    """
    start_django()
    make_database()
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415  # needs Django
    from django.core.exceptions import ValidationError  # noqa: PLC0415  # as above
    from django.core.validators import validate_email  # noqa: PLC0415  # as above

    from commonroot.domain.network.actions import NetworkError  # noqa: PLC0415  # as above
    from commonroot.domain.network.first_person import begin_network  # noqa: PLC0415  # as above

    try:
        validate_email(email)
        validate_password(password)
        begin_network(region=region, name=name, email=email, password=password)
    except ValidationError as error:
        raise ProblemError(" ".join(error.messages)) from None
    except NetworkError as error:
        raise ProblemError(str(error)) from None
    click.echo(
        f"{region} is there, and {email} is its partnership director. Start the site with "
        "`commonroot serve`, sign in, and add districts and schools."
    )
