"""An API for programs: it looks at access tokens alone, and at no cookie."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from app.access_token import require_access_token

router = APIRouter()


class Profile(BaseModel):
    username: str
    scopes: list[str]
    # Changes with every new token.
    token_id: str


@router.get("/api/profile")
def profile(response: Response, access: Annotated[dict, Depends(require_access_token)]) -> Profile:
    response.headers["Cache-Control"] = "no-store"
    return Profile(username=access["username"], scopes=access["scope"].split(), token_id=access["jti"])
