"""Users and keys: rights, conflicts, and what is void at once."""

import jwt
import pytest

from tests.conftest import Api, FakeClock
from tests.integration.test_sign_in import PASSWORD, make_user, sign_in


async def test_an_admin_makes_changes_and_removes_users(admin: Api) -> None:  # R1.13
    made = (await admin.post("/api/admin/users", {"email": "Kim@Example.com", "name": "김철수"})).json()
    assert made["user"]["email"] == "kim@example.com"
    assert made["user"]["role"] == "developer"
    assert len(made["password"]) >= 16
    path = f"/api/admin/users/{made['user']['id']}"
    read = await admin.get(path)
    assert read.headers["ETag"] == '"1"'
    changed = await admin.patch(path, {"role": "operator"}, If_Match='"1"')
    assert changed.json()["role"] == "operator"
    assert changed.headers["ETag"] == '"2"'
    assert (await admin("DELETE", path)).status_code == 204
    assert (await admin.get(path)).status_code == 404


async def test_an_old_version_is_refused_and_nothing_is_lost(admin: Api) -> None:
    user = await make_user(admin)
    path = f"/api/admin/users/{user['id']}"
    assert (await admin.patch(path, {"name": "One", "version": 1})).status_code == 200
    conflict = await admin.patch(path, {"name": "Two", "version": 1})
    assert conflict.status_code == 409
    assert conflict.json()["current_version"] == 2
    assert (await admin.patch(path, {"name": "Two"}, If_Match='"1"')).status_code == 412
    assert (await admin.patch(path, {"name": "Two"}, If_Match="one")).status_code == 422
    assert (await admin.get(path)).json()["name"] == "One"


async def test_wrong_fields_are_named(admin: Api) -> None:
    answer = await admin.post("/api/admin/users", {"email": "nobody", "role": "king", "pasword": "x"})
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"email", "role", "pasword"}
    weak = await admin.post("/api/admin/users", {"email": "a@b", "password": "aaaaaaaaaaaa"})
    assert weak.json()["errors"][0]["field"] == "password"
    await make_user(admin)
    taken = await admin.post("/api/admin/users", {"email": "DEV@example.com"})
    assert taken.status_code == 409
    assert taken.json()["errors"][0] == {
        "field": "email",
        "message": "There is an account with this address.",
        "code": "taken",
    }
    nul = await admin.post("/api/admin/users", {"email": "a@b", "name": "a\u0000b"})
    assert nul.json()["errors"][0]["field"] == "name"


@pytest.mark.parametrize("role", ["operator", "developer", ""])
async def test_only_admins_manage_users(service: Api, role: str) -> None:  # R1.13
    caller = Api(service._client, user_id="someone", role=role)
    for method, path in [
        ("GET", "/api/admin/users"),
        ("POST", "/api/admin/users"),
        ("PATCH", "/api/admin/users/x"),
        ("DELETE", "/api/admin/users/x"),
        ("GET", "/api/admin/audit"),
        ("POST", "/api/admin/signing-keys"),
    ]:
        answer = await caller(method, path, {"email": "a@b"} if method == "POST" else {})
        assert answer.status_code == 403, (method, path)
        assert answer.json()["code"] == "role_forbidden"


async def test_without_a_service_token_nothing_is_answered(client: object, service: Api) -> None:
    for path in ("/api/admin/users", "/internal/settings", "/internal/jwks"):
        assert (await service._client.get(path)).status_code == 401


async def test_the_last_admin_can_not_be_lost(admin: Api) -> None:
    path = f"/api/admin/users/{admin.user_id}"
    for changes in ({"role": "developer"}, {"disabled": True}):
        answer = await admin.patch(path, changes)
        assert answer.status_code == 409
        assert answer.json()["code"] == "last_admin"
    assert (await admin("DELETE", path)).status_code == 409
    await make_user(admin, "second@example.com", "admin")
    assert (await admin.patch(path, {"role": "operator"})).status_code == 200


async def test_a_disabled_user_loses_tokens_and_keys_at_once(service: Api, admin: Api) -> None:
    user = await make_user(admin)
    own = Api(service._client, user_id=user["id"], role="developer")
    tokens = await sign_in(service)
    key = (await own.post("/api/admin/keys", {"name": "laptop"})).json()
    assert (await service.post("/internal/keys/verify", {"key": key["api_key"]})).status_code == 200
    await admin.patch(f"/api/admin/users/{user['id']}", {"disabled": True})
    assert (await service.post("/internal/keys/verify", {"key": key["api_key"]})).status_code == 401
    refused = await service.post("/internal/auth/refresh", {"refresh_token": tokens["refresh_token"]})
    assert refused.status_code == 401
    login = await service.post("/internal/auth/login", {"email": "dev@example.com", "password": PASSWORD})
    assert login.json()["code"] == "account_disabled"
    assert (await own.get("/internal/auth/me")).status_code == 401
    revoked = (await service.get("/internal/revocations")).json()
    assert revoked["keys"] == [key["key"]["id"]]
    issued = jwt.decode(str(tokens["access_token"]), options={"verify_signature": False})["iat"]
    assert [entry["id"] for entry in revoked["users"]] == [user["id"]]
    assert issued < revoked["users"][0]["before"]


async def test_a_token_made_right_after_a_revocation_is_valid(service: Api, admin: Api, clock: FakeClock) -> None:
    user = await make_user(admin)
    reset = await admin.post(f"/api/admin/users/{user['id']}/password", {})
    clock.pass_s(0)
    tokens = await sign_in(service, password=reset.json()["password"])
    assert tokens["access_token"]


async def test_a_reset_password_ends_every_sign_in(service: Api, admin: Api) -> None:  # R1.13
    user = await make_user(admin)
    tokens = await sign_in(service)
    reset = await admin.post(f"/api/admin/users/{user['id']}/password", {"password": "given-Password-3"})
    assert reset.json()["password"] is None
    old = await service.post("/internal/auth/login", {"email": "dev@example.com", "password": PASSWORD})
    assert old.status_code == 401
    refused = await service.post("/internal/auth/refresh", {"refresh_token": tokens["refresh_token"]})
    assert refused.status_code == 401


async def test_users_are_listed_by_pages_and_found_by_words(admin: Api) -> None:
    for number in range(5):
        await make_user(admin, f"user_{number}@example.com", "operator")
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await admin.get(f"/api/admin/users?limit=2&role=operator{cursor}")).json()
        seen += [user["email"] for user in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == [f"user_{number}@example.com" for number in reversed(range(5))]
    found = (await admin.get("/api/admin/users?q=USER_3&disabled=false")).json()["items"]
    assert [user["email"] for user in found] == ["user_3@example.com"]
    assert (await admin.get("/api/admin/users?q=%25")).json()["items"] == []
    assert (await admin.get("/api/admin/users?q=%00")).status_code == 422
    assert (await admin.get("/api/admin/users?cursor=%C3%A9")).json()["errors"][0]["field"] == "cursor"
    assert (await admin.get("/api/admin/users?limit=0")).json()["errors"][0]["field"] == "limit"
    assert (await admin.get("/api/admin/users/%00")).status_code == 400


async def test_keys_belong_to_their_user(service: Api, admin: Api, clock: FakeClock) -> None:
    user = await make_user(admin)
    own = Api(service._client, user_id=user["id"], role="developer")
    key = (await own.post("/api/admin/keys", {"name": "ci", "scopes": ["generate", "search"]})).json()
    assert key["api_key"].startswith(f"fwk_{key['key']['id']}_")
    verified = (await service.post("/internal/keys/verify", {"key": key["api_key"]})).json()
    assert verified == {
        "key_id": key["key"]["id"],
        "user_id": user["id"],
        "email": "dev@example.com",
        "role": "developer",
        "scopes": ["generate", "search"],
        "expires_at": None,
    }
    listed = (await own.get("/api/admin/keys")).json()["items"]
    assert [entry["id"] for entry in listed] == [key["key"]["id"]]
    assert listed[0]["last_used_at"] is not None
    assert "api_key" not in listed[0]
    assert len((await admin.get("/api/admin/keys")).json()["items"]) == 2
    assert len((await admin.get(f"/api/admin/keys?user_id={user['id']}")).json()["items"]) == 1
    stranger = Api(service._client, user_id="stranger", role="developer")
    assert (await stranger("DELETE", f"/api/admin/keys/{key['key']['id']}")).status_code == 404
    assert (await stranger.post("/api/admin/keys", {"name": "x", "user_id": user["id"]})).status_code == 403
    assert (await own("DELETE", f"/api/admin/keys/{key['key']['id']}")).status_code == 204
    assert (await own("DELETE", f"/api/admin/keys/{key['key']['id']}")).status_code == 204
    assert (await service.post("/internal/keys/verify", {"key": key["api_key"]})).status_code == 401
    assert (await service.get("/internal/revocations")).json()["keys"] == [key["key"]["id"]]


async def test_a_key_that_is_wrong_expired_or_malformed_is_401(service: Api, admin: Api, clock: FakeClock) -> None:
    past = await admin.post("/api/admin/keys", {"name": "x", "expires_at": "2020-01-01T00:00:00Z"})
    assert past.json()["errors"][0]["field"] == "expires_at"
    soon = (clock.now.replace(microsecond=0)).isoformat().replace("+00:00", "Z")
    clock.pass_s(-100)
    key = (await admin.post("/api/admin/keys", {"name": "x", "expires_at": soon})).json()["api_key"]
    assert (await service.post("/internal/keys/verify", {"key": key})).status_code == 200
    clock.pass_s(200)
    for wrong in (key, key[:-1] + ("a" if key[-1] != "a" else "b"), "fwk_1_2", ""):
        assert (await service.post("/internal/keys/verify", {"key": wrong})).status_code == 401, wrong
