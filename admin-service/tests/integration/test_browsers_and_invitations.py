"""Sign-ins of browsers, and accounts made by invitation, over the service's own wire."""

import pytest

from tests.conftest import Api, FakeClock

from .test_sign_in import PASSWORD, make_user

Signed = dict[str, object]


async def sign_in(service: Api, **changes: str) -> Signed:
    body = {"email": "dev@example.com", "password": PASSWORD, **changes}
    answer = await service.post("/internal/auth/browser/login", body)
    assert answer.status_code == 200, answer.text
    signed: Signed = answer.json()
    return signed


async def status_of(service: Api, signed: Signed) -> int:
    return (await service.post("/internal/auth/browser/verify", {"token": signed["session_token"]})).status_code


async def test_a_browser_gets_one_opaque_token_and_no_other(service: Api, admin: Api) -> None:  # R3.1 R3.8
    user = await make_user(admin)
    signed = await sign_in(service)
    assert set(signed) == {"session_token", "session_id", "expires_in", "user"}
    verified = (await service.post("/internal/auth/browser/verify", {"token": signed["session_token"]})).json()
    assert verified == {
        "session_id": signed["session_id"], "user_id": user["id"], "email": "dev@example.com", "name": "dev",
        "role": "developer", "expires_in": 14 * 86400,
    }  # fmt: skip


@pytest.mark.parametrize("token", ["", "fws_", "fws_a_b", "fwk_x_y", "\ud7ff", "fws_" + "0" * 32 + "_"])
async def test_a_token_that_is_none_is_a_401(service: Api, token: str) -> None:
    assert (await service.post("/internal/auth/browser/verify", {"token": token})).status_code == 401
    assert (await service.post("/internal/auth/browser/logout", {"token": token})).status_code == 204


async def test_the_id_alone_lets_nobody_in(service: Api, admin: Api) -> None:
    await make_user(admin)
    signed = await sign_in(service)
    assert await status_of(service, {"session_token": f"fws_{signed['session_id']}_guess"}) == 401


async def test_signing_out_ends_this_browser_alone_and_all_services_hear_of_it(service: Api, admin: Api) -> None:
    await make_user(admin)
    first, second = await sign_in(service), await sign_in(service)
    for _ in range(2):
        answer = await service.post("/internal/auth/browser/logout", {"token": first["session_token"]})
        assert answer.status_code == 204
    assert (await status_of(service, first), await status_of(service, second)) == (401, 200)
    assert (await service.get("/internal/revocations")).json()["keys"] == [first["session_id"]]


async def test_a_sign_in_ends_when_it_is_unused_and_at_its_time(
    service: Api, admin: Api, clock: FakeClock
) -> None:  # R3.8
    await make_user(admin)
    used, unused = await sign_in(service), await sign_in(service)
    for _ in range(2):
        clock.pass_s(7 * 3600)
        assert await status_of(service, used) == 200
    assert await status_of(service, unused) == 401
    for _ in range(14 * 4):
        clock.pass_s(6 * 3600)
        await status_of(service, used)
    assert await status_of(service, used) == 401


async def test_a_changed_password_and_a_disabled_account_end_every_browser(service: Api, admin: Api) -> None:
    user = await make_user(admin)
    own = Api(service._client, user_id=user["id"], role="developer")
    signed = await sign_in(service)
    body = {"current_password": PASSWORD, "new_password": "another-One-22"}
    assert (await own.post("/internal/auth/password", body)).status_code == 204
    assert await status_of(service, signed) == 401
    signed = await sign_in(service, password="another-One-22")
    await admin.patch(f"/api/admin/users/{user['id']}", {"disabled": True})
    assert await status_of(service, signed) == 401


async def test_failures_of_browsers_count_for_the_same_lock(service: Api, admin: Api) -> None:
    await make_user(admin)
    for path in ("/internal/auth/login", "/internal/auth/browser/login") * 3:
        answer = await service.post(path, {"email": "dev@example.com", "password": "wrong"})
    assert answer.status_code == 429
    assert answer.json()["code"] == "too_many_attempts"


async def mode(service: Api) -> str:
    found: str = (await service.get("/internal/auth/registration")).json()["mode"]
    return found


async def test_registration_is_open_by_invitation_or_closed(service: Api, admin: Api) -> None:  # R3.1
    assert await mode(service) == "open"
    for setting in ("closed", "invitation"):
        await admin.patch("/api/admin/settings", {"registration": setting})
        assert await mode(service) == setting
        answer = await service.post("/internal/auth/register", {"email": "n@example.com", "password": PASSWORD})
        assert answer.status_code == 403
    await admin.patch("/api/admin/settings", {"self_registration": True})
    assert (await admin.get("/api/admin/settings")).json()["registration"] is None
    assert await mode(service) == "open"


async def test_an_invitation_makes_one_account_in_its_role(service: Api, admin: Api) -> None:  # R3.1
    await admin.patch("/api/admin/settings", {"registration": "invitation"})
    made = await admin.post("/api/admin/invitations", {"email": "Op@Example.com", "role": "operator"})
    assert made.status_code == 201
    code = made.json()["code"]
    body = {"email": "op@example.com", "password": PASSWORD, "invitation": code}
    other = await service.post("/internal/auth/register", body | {"email": "x@example.com"})
    assert (other.status_code, other.json()["errors"][0]["field"]) == (422, "email")
    registered = await service.post("/internal/auth/browser/register", body)
    assert (registered.status_code, registered.json()["user"]["role"]) == (201, "operator")
    again = await service.post("/internal/auth/register", body | {"email": "y@example.com"})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "invitation")
    listed = (await admin.get("/api/admin/invitations")).json()["items"][0]
    assert listed["used_by"] == registered.json()["user"]["id"]
    assert code not in str(listed)


async def test_an_invitation_expires_and_can_be_taken_back(service: Api, admin: Api, clock: FakeClock) -> None:
    codes = []
    for _ in range(2):
        made = (await admin.post("/api/admin/invitations", {"days": 1})).json()
        codes.append(made["code"])
    assert (await admin("DELETE", f"/api/admin/invitations/{made['invitation']['id']}")).status_code == 204
    assert (await admin("DELETE", f"/api/admin/invitations/{made['invitation']['id']}")).status_code == 404
    clock.pass_s(86401)
    for code in codes:
        body = {"email": "z@example.com", "password": PASSWORD, "invitation": code}
        assert (await service.post("/internal/auth/register", body)).status_code == 422


async def test_only_admins_invite(operator: Api, developer: Api) -> None:
    for person in (operator, developer):
        assert (await person.post("/api/admin/invitations")).status_code == 403
        assert (await person.get("/api/admin/invitations")).status_code == 403


async def test_one_address_makes_so_many_accounts_and_no_more(service: Api) -> None:  # R3.8
    body = {"password": PASSWORD, "client": "10.0.0.9"}
    answers = [
        await service.post("/internal/auth/register", body | {"email": f"u{number}@example.com"})
        for number in range(31)
    ]
    assert [answer.status_code for answer in answers] == [201] * 30 + [429]
    other = await service.post("/internal/auth/register", body | {"email": "v@example.com", "client": "10.0.0.8"})
    assert other.status_code == 201
