"""Signing in as somebody of the cast, as a person does."""

PASSWORD = "four plain words here"


def sign_in(page, address, person):
    page.goto(f"{address}/account/login/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Hello").wait_for()
