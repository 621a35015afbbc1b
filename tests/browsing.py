"""What every browser test needs: to measure a page that stands still."""

from typing import Any


def measured(page: Any, script: str) -> Any:
    """Evaluate a script in the page that a click leads to, never in the one that it is just leaving.

    A click returns before the navigation it starts has been committed; a script run in that moment finds
    a document without a root, or none at all. It is asked again once the new page has loaded.
    """
    for _ in range(4):
        page.wait_for_load_state("load")
        try:
            return page.evaluate(script)
        except Exception as error:
            if not any(sign in str(error) for sign in ("of null", "context was destroyed", "navigation")):
                raise
    page.wait_for_load_state("load")
    return page.evaluate(script)
