"""Lists of names kept readable: written as one text, used as a list."""


def words(text: str) -> list[str]:
    return text.split()
