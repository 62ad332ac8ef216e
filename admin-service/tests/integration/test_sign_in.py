"""Sign-in over the service's own wire, against a real PostgreSQL."""

import asyncio

import jwt
from app.core.context import Context
from jwt import PyJWK

from tests.conftest import Api, FakeClock

PASSWORD = "correct-Horse-9"


async def make_user(admin: Api, email: str = "dev@example.com", role: str = "developer") -> dict[str, str]:
    made = await admin.post("/api/admin/users", {"email": email, "role": role, "password": PASSWORD})
    assert made.status_code == 201, made.text
    user: dict[str, str] = made.json()["user"]
    return user


async def sign_in(service: Api, email: str = "dev@example.com", password: str = PASSWORD) -> dict[str, object]:
    answer = await service.post("/internal/auth/login", {"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    tokens: dict[str, object] = answer.json()
    return tokens


async def test_the_first_admin_is_made_once_however_many_ask(service: Api) -> None:  # R1.13, R3.1
    answers = await asyncio.gather(
        *(service.post("/internal/bootstrap", {"email": f"a{n}@localhost"}) for n in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    made = next(answer.json() for answer in answers if answer.status_code == 201)
    assert made["created"] is True
    assert all(answer.json() == {"created": False} for answer in answers if answer.status_code == 200)
    tokens = await sign_in(service, made["admin_email"], made["admin_password"])
    assert tokens["user"]["role"] == "admin"  # type: ignore[index]
    verified = await service.post("/internal/keys/verify", {"key": made["api_key"]})
    assert verified.json()["email"] == made["admin_email"]


async def test_an_access_token_is_verified_with_the_published_key_set(service: Api, admin: Api) -> None:  # R3.1
    user = await make_user(admin)
    tokens = await sign_in(service, " DEV@example.com ")
    assert tokens["expires_in"] == 900
    assert tokens["user"] == {"id": user["id"], "email": "dev@example.com", "name": "dev", "role": "developer"}
    key_set = (await service.get("/internal/jwks")).json()
    token = str(tokens["access_token"])
    kid = jwt.get_unverified_header(token)["kid"]
    key = PyJWK(next(key for key in key_set["keys"] if key["kid"] == kid))
    claims = jwt.decode(token, key, algorithms=["EdDSA"], audience="framewright", issuer="framewright")
    assert claims["sub"] == user["id"]
    assert claims["role"] == "developer"
    assert claims["email"] == "dev@example.com"
    assert claims["exp"] - claims["iat"] == 900
    assert "d" not in key_set["keys"][0]


async def test_wrong_credentials_are_401_and_do_not_say_which(service: Api, admin: Api) -> None:
    await make_user(admin)
    wrong = await service.post("/internal/auth/login", {"email": "dev@example.com", "password": "x"})
    nobody = await service.post("/internal/auth/login", {"email": "no@example.com", "password": "x"})
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json()["detail"] == nobody.json()["detail"]
    assert wrong.json()["code"] == "invalid_credentials"


async def test_an_account_is_locked_after_five_failures_and_opens_again(
    service: Api, admin: Api, clock: FakeClock
) -> None:  # R3.8
    await make_user(admin)
    body = {"email": "dev@example.com", "password": "wrong"}
    answers = await asyncio.gather(*(service.post("/internal/auth/login", body) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 3
    locked = await service.post("/internal/auth/login", {"email": "dev@example.com", "password": PASSWORD})
    assert locked.status_code == 429
    assert 0 < int(locked.headers["Retry-After"]) <= 900
    clock.pass_s(901)
    await sign_in(service)


async def test_a_client_that_tries_many_names_is_held_off(service: Api) -> None:  # R3.8
    for number in range(30):
        body = {"email": f"n{number}@example.com", "password": "wrong", "client": "10.0.0.9"}
        assert (await service.post("/internal/auth/login", body)).status_code == 401
    assert (await service.post("/internal/auth/login", body)).status_code == 429
    assert (await service.post("/internal/auth/login", body | {"client": "10.0.0.8"})).status_code == 401


async def test_refresh_tokens_rotate(service: Api, admin: Api, clock: FakeClock) -> None:  # R3.1
    await make_user(admin)
    first = await sign_in(service)
    clock.pass_s(60)
    second = await service.post("/internal/auth/refresh", {"refresh_token": first["refresh_token"]})
    assert second.status_code == 200
    assert second.json()["refresh_token"] != first["refresh_token"]
    assert second.json()["refresh_expires_in"] == 14 * 86400 - 60, "a session has an end of its own"
    third = await service.post("/internal/auth/refresh", {"refresh_token": second.json()["refresh_token"]})
    assert third.status_code == 200


async def test_a_refresh_token_used_twice_ends_the_session(service: Api, admin: Api) -> None:  # R3.1
    await make_user(admin)
    first = await sign_in(service)
    second = (await service.post("/internal/auth/refresh", {"refresh_token": first["refresh_token"]})).json()
    reused = await service.post("/internal/auth/refresh", {"refresh_token": first["refresh_token"]})
    assert reused.status_code == 401
    assert reused.json()["code"] == "refresh_reused"
    after = await service.post("/internal/auth/refresh", {"refresh_token": second["refresh_token"]})
    assert after.status_code == 401
    revoked = (await service.get("/internal/revocations")).json()["tokens"]
    jti = jwt.decode(second["access_token"], options={"verify_signature": False})["jti"]
    assert jti in revoked


async def test_two_uses_at_the_same_moment_give_one_session_at_most(service: Api, admin: Api) -> None:  # R3.1
    await make_user(admin)
    first = await sign_in(service)
    body = {"refresh_token": first["refresh_token"]}
    answers = await asyncio.gather(*(service.post("/internal/auth/refresh", body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]


async def test_an_expired_or_unknown_refresh_token_is_401(service: Api, admin: Api, clock: FakeClock) -> None:
    await make_user(admin)
    tokens = await sign_in(service)
    clock.pass_s(14 * 86400 + 1)
    for token in (tokens["refresh_token"], "fwr_unknown"):
        answer = await service.post("/internal/auth/refresh", {"refresh_token": token})
        assert answer.status_code == 401
        assert answer.json()["code"] == "invalid_refresh_token"


async def test_logout_ends_the_session_and_its_access_token(service: Api, admin: Api) -> None:  # R3.1
    await make_user(admin)
    tokens = await sign_in(service)
    revision = (await service.get("/internal/revocations")).json()["revision"]
    body = {"refresh_token": tokens["refresh_token"]}
    assert (await service.post("/internal/auth/logout", body)).status_code == 204
    assert (await service.post("/internal/auth/logout", body)).status_code == 204
    assert (await service.post("/internal/auth/logout", {"refresh_token": "unknown"})).status_code == 204
    assert (await service.post("/internal/auth/refresh", body)).status_code == 401
    since = (await service.get(f"/internal/revocations?since={revision}")).json()
    assert len(since["tokens"]) == 1
    again = (await service.get(f"/internal/revocations?since={since['revision']}")).json()
    assert again == {"revision": since["revision"], "tokens": [], "users": [], "keys": []}


async def test_a_revision_of_another_database_gives_the_whole_list(service: Api, admin: Api) -> None:
    user = await make_user(admin)
    await admin.patch(f"/api/admin/users/{user['id']}", {"role": "operator"})
    whole = (await service.get("/internal/revocations?since=999999999999999")).json()
    assert [entry["id"] for entry in whole["users"]] == [user["id"]]
    assert (await service.get("/internal/revocations?since=yesterday")).status_code == 422


async def test_the_signing_key_is_sealed_and_replaced_without_a_break(
    service: Api, admin: Api, context: Context, clock: FakeClock
) -> None:
    await make_user(admin)
    old = str((await sign_in(service))["access_token"])
    rotated = await admin.post("/api/admin/signing-keys")
    assert rotated.status_code == 201
    assert len(rotated.json()["keys"]) == 2
    new = str((await sign_in(service))["access_token"])
    assert jwt.get_unverified_header(old)["kid"] != jwt.get_unverified_header(new)["kid"]
    clock.pass_s(3600)
    assert len((await service.get("/internal/jwks")).json()["keys"]) == 1


async def test_people_see_and_change_their_own_account(service: Api, admin: Api, client: object) -> None:  # R3.1
    user = await make_user(admin)
    own = Api(service._client, user_id=user["id"], role="developer")
    assert (await own.get("/internal/auth/me")).json()["email"] == "dev@example.com"
    assert (await own.patch("/internal/auth/me", {"name": "김개발"})).json()["name"] == "김개발"
    wrong = await own.post("/internal/auth/password", {"current_password": "no", "new_password": "another-One-22"})
    assert wrong.json()["errors"][0]["field"] == "current_password"
    right = {"current_password": PASSWORD, "new_password": "another-One-22"}
    assert (await own.post("/internal/auth/password", right)).status_code == 204
    await sign_in(service, password="another-One-22")
    assert (await service.get("/internal/auth/me")).status_code == 401


async def test_registration_is_open_locally_and_closed_by_a_setting(service: Api, admin: Api) -> None:  # R3.1
    body = {"email": "new@example.com", "password": PASSWORD}
    made = await service.post("/internal/auth/register", body)
    assert made.status_code == 201
    assert made.json()["user"]["role"] == "developer"
    taken = await service.post("/internal/auth/register", body)
    assert taken.status_code == 409
    assert taken.json()["errors"][0]["field"] == "email"
    weak = await service.post("/internal/auth/register", {"email": "x@example.com", "password": "short"})
    assert weak.json()["errors"][0]["field"] == "password"
    await admin.patch("/api/admin/settings", {"self_registration": False})
    closed = await service.post("/internal/auth/register", {"email": "y@example.com", "password": PASSWORD})
    assert closed.status_code == 403


async def test_people_delete_their_own_account_by_its_password(service: Api, admin: Api) -> None:  # R3.1 R3.7
    user = await make_user(admin)
    own = Api(service._client, user_id=user["id"], role="developer")
    tokens = await sign_in(service)
    wrong = await own("DELETE", "/internal/auth/me", {"password": "no"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "password")
    assert (await own("DELETE", "/internal/auth/me", {"password": PASSWORD})).status_code == 204
    refreshed = await service.post("/internal/auth/refresh", {"refresh_token": tokens["refresh_token"]})
    assert refreshed.status_code == 401
    assert (await own.get("/internal/auth/me")).status_code == 401
    assert (await admin.get(f"/api/admin/users/{user['id']}")).status_code == 404


async def test_the_last_admin_cannot_leave(admin: Api) -> None:
    answer = await admin("DELETE", "/internal/auth/me", {"password": "first-Password-1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")


async def test_a_new_password_of_an_admins_opens_a_locked_account(service: Api, admin: Api) -> None:  # R3.8
    user = await make_user(admin)
    for _ in range(6):
        answer = await service.post("/internal/auth/login", {"email": "dev@example.com", "password": "wrong"})
    assert answer.status_code == 429
    await admin.post(f"/api/admin/users/{user['id']}/password", {"password": "another-One-22"})
    await sign_in(service, password="another-One-22")
