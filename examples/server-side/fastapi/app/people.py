"""What people see."""

import logging

import httpx2
from fastapi import APIRouter, Request
from fastapi.templating import Jinja2Templates

from app import config, sign_in, signed_in
from app.problem import Problem

log = logging.getLogger("uvicorn.error")
templates = Jinja2Templates("templates")
router = APIRouter()
router.include_router(sign_in.router)


@router.get("/")
def home(request: Request):
    return templates.TemplateResponse(request, "home.html", {"signed_in": signed_in.find(request)})


@router.get("/profile")
async def profile(request: Request):
    # Calls the API as another program would: by an access token.
    headers = {"Authorization": f"Bearer {await signed_in.fresh_access_token(request)}"}
    async with httpx2.AsyncClient() as client:
        answer = await client.get(f"{config.ORIGIN}/api/profile", headers=headers)
    if answer.is_error:
        raise Problem(f"The API answered with an error ({answer.status_code}).")
    return templates.TemplateResponse(request, "profile.html", {"profile": answer.json()})


def show_problem(request: Request, problem: Problem):
    log.warning("%s: %r", problem, problem.__cause__)
    return problem_page(request, str(problem), 400)


def show_outage(request: Request, error: httpx2.HTTPError):
    log.warning("no answer: %r", error)
    return problem_page(request, "The identity server does not answer. Please try again.", 503)


def problem_page(request: Request, problem: str, status: int):
    return templates.TemplateResponse(request, "problem.html", {"problem": problem}, status_code=status)
