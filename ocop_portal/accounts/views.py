"""Coming in, going out, and a person's own account."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ocop_portal.accounts import links, services, sessions
from ocop_portal.accounts.forms import (
    AddressForm,
    ConfirmForm,
    LogInForm,
    PasswordChangeForm,
    PasswordLinkForm,
    PasswordSetForm,
    PresentPasswordForm,
    ProfileForm,
    SignUpForm,
)
from ocop_portal.accounts.people import expect_address, expected_address, signed_in
from ocop_portal.web.languages import remember_language
from ocop_portal.web.limits import once_too_often
from ocop_portal.web.origins import from_this_site

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
GET_OR_POST = ("GET", "HEAD", "POST")
WAY_ON = "way_on"  # in the session of who signs up on the way to somewhere


def way_on(request: HttpRequest, *, default: str) -> str:
    """Where `next` leads, if it stays on this site."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wish if is_ours else default


def _kept_way_on(request: HttpRequest) -> str:
    """Where the person wanted to be when signing up; else the desk."""
    return str(request.session.get(WAY_ON) or reverse("desk"))


@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def log_in(request: HttpRequest) -> HttpResponse:
    """Mail address and password; goes on to where the person wanted to be."""
    target = way_on(request, default=_kept_way_on(request))
    if request.user.is_authenticated:
        return redirect(target)
    known = {"username": expected_address(request)}
    form = LogInForm(request, data=request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        login(request, user)
        request.session.pop(WAY_ON, None)
        return remember_language(redirect(target), user.language)
    context = {"form": form, "next": target, "session_ended": "het-phien" in request.GET}
    return render(request, "accounts/log_in.html", context)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session, here and in every tab; who wants to come in as somebody else goes on."""
    logout(request)
    messages.success(request, _("Bạn đã đăng xuất."))
    return redirect(way_on(request, default=reverse("accounts:login")))


@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def sign_up(request: HttpRequest) -> HttpResponse:
    """A new account; the answer is the same for a new and for a known address."""
    if request.user.is_authenticated:
        return redirect(way_on(request, default=reverse("desk")))
    form = SignUpForm(request.POST or None, initial={"email": expected_address(request)})
    target = way_on(request, default="")
    if request.method == "POST" and form.is_valid():
        if once_too_often(request, "sign-up", each_hour=30):
            return render(request, "accounts/slow_down.html", status=429)
        services.sign_up(
            form.cleaned_data["email"],
            full_name=form.cleaned_data["full_name"],
            password=form.cleaned_data["password"],
            language=translation.get_language() or settings.LANGUAGE_CODE,
            at=timezone.now(),
        )
        if target:
            request.session[WAY_ON] = target
        return redirect("accounts:signed-up")
    return render(request, "accounts/sign_up.html", {"form": form, "next": target})


@require_http_methods(("GET", "HEAD"))
def signed_up(request: HttpRequest) -> HttpResponse:
    """What to do next."""
    return render(request, "accounts/signed_up.html", {"confirms": settings.CONFIRM_MAIL})


@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def confirm(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """The link of the mail: with the password it opens the account."""
    person = links.user_of(who)
    if person is None or not links.may_be_confirmed(person, token):
        return render(request, "accounts/bad_link.html", {"again": "accounts:sign-up"}, status=404)
    form = ConfirmForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        login(request, services.confirm(person, at=timezone.now()), backend=MODEL_BACKEND)
        messages.success(request, _("Tài khoản đã được xác nhận. Chào mừng bạn."))
        target = _kept_way_on(request)
        request.session.pop(WAY_ON, None)
        return remember_language(redirect(target), person.language)
    return render(request, "accounts/confirm.html", {"form": form, "person": person})


@never_cache
@require_http_methods(GET_OR_POST)
def password_reset(request: HttpRequest) -> HttpResponse:
    """Sends a link; the answer is the same for a known and for an unknown address."""
    form = PasswordLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if once_too_often(request, "password-link", each_hour=30):
            return render(request, "accounts/slow_down.html", status=429)
        services.ask_for_password_link(form.cleaned_data["email"], at=timezone.now())
        return redirect("accounts:password-link-sent")
    return render(request, "accounts/password_reset.html", {"form": form})


@require_http_methods(("GET", "HEAD"))
def password_link_sent(request: HttpRequest) -> HttpResponse:
    """What to do next."""
    return render(request, "accounts/password_link_sent.html")


@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def password_set(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """The link of the mail: sets a new password, once."""
    person = links.user_of(who)
    if (
        person is None
        or not person.is_active
        or not default_token_generator.check_token(person, token)
    ):
        context = {"again": "accounts:password-reset"}
        return render(request, "accounts/bad_link.html", context, status=404)
    form = PasswordSetForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        services.set_password(person, password=form.cleaned_data["password"], at=timezone.now())
        messages.success(request, _("Mật khẩu mới đã được đặt. Hãy đăng nhập."))
        return redirect("accounts:login")
    return render(request, "accounts/password_set.html", {"form": form, "person": person})


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def password_change(request: HttpRequest) -> HttpResponse:
    """A new password for who knows the present one; other sessions end."""
    person = signed_in(request)
    form = PasswordChangeForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        services.set_password(person, password=form.cleaned_data["password"], at=timezone.now())
        update_session_auth_hash(request, person)
        messages.success(request, _("Mật khẩu đã đổi."))
        return redirect("accounts:profile")
    return render(request, "accounts/password_change.html", {"form": form})


@login_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def address_change(request: HttpRequest) -> HttpResponse:
    """Asks for another log-in address; the answer is the same for every address."""
    person = signed_in(request)
    form = AddressForm(request.POST or None, person=person)
    if request.method == "POST" and once_too_often(request, "address-change", each_hour=20):
        return render(request, "accounts/slow_down.html", status=429)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        services.ask_for_address(person, email=email, by=person, at=timezone.now())
        messages.success(
            request,
            _("Đã gửi liên kết tới %(email)s; mở liên kết ấy để đổi xong.") % {"email": email},
        )
        return redirect("accounts:profile")
    return render(request, "accounts/address_change.html", {"form": form})


@never_cache
@sensitive_post_parameters()
@require_http_methods(GET_OR_POST)
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link sent to the new address: with the password it becomes the one to log in with."""
    change = links.address_change_of(token)
    if change is None:
        context = {"again": "accounts:login"}
        return render(request, "accounts/bad_link.html", context, status=404)
    form = PresentPasswordForm(request.POST or None, person=change.person)
    if request.method == "POST" and once_too_often(request, "address-confirm", each_hour=20):
        return render(request, "accounts/slow_down.html", status=429)
    if request.method == "POST" and form.is_valid():
        services.change_address(change, at=timezone.now())
        logout(request)
        expect_address(request, change.email)
        messages.success(request, _("Địa chỉ đăng nhập đã đổi. Hãy đăng nhập bằng địa chỉ mới."))
        return redirect("accounts:login")
    return render(request, "accounts/address_confirm.html", {"form": form, "change": change})


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def profile(request: HttpRequest) -> HttpResponse:
    """Name, telephone, language, mail on or off, how often the digest comes."""
    person = signed_in(request)
    stored = {name: getattr(person, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        services.save_profile(person, **form.cleaned_data)
        with translation.override(person.language):
            messages.success(request, _("Đã lưu thông tin của bạn."))
        return remember_language(redirect("accounts:profile"), person.language)
    return render(request, "accounts/profile.html", {"form": form})


@login_required
@never_cache
@require_http_methods(("GET", "HEAD"))
def session_list(request: HttpRequest) -> HttpResponse:
    """Where I am logged in."""
    rows = sessions.open_sessions(
        signed_in(request), this_key=request.session.session_key, at=timezone.now()
    )
    return render(request, "accounts/session_list.html", {"rows": rows})


@login_required
@require_POST
def session_end(request: HttpRequest, handle: str) -> HttpResponse:
    """Logs one of my browsers out; another person's session is not there."""
    if not sessions.end_session(signed_in(request), handle):
        raise Http404
    messages.success(request, _("Đã đăng xuất thiết bị đó."))
    return redirect("accounts:session-list")


@login_required
@require_POST
def other_sessions_end(request: HttpRequest) -> HttpResponse:
    """Logs every other browser of mine out."""
    sessions.end_other_sessions(signed_in(request), this_key=request.session.session_key)
    messages.success(request, _("Đã đăng xuất mọi thiết bị khác."))
    return redirect("accounts:session-list")


@from_this_site
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switches the language of the pages; a known person's choice is kept."""
    language = request.POST.get("language", "")
    answer = redirect(way_on(request, default="/"))
    if language not in dict(settings.LANGUAGES):
        return answer
    if request.user.is_authenticated:
        services.choose_language(signed_in(request), language=language)
    return remember_language(answer, language)


@require_POST
def keep_alive(request: HttpRequest) -> JsonResponse:
    """Counts as somebody being there; says how many seconds are left, or 401 when it is over."""
    if not request.user.is_authenticated:
        path = reverse("accounts:login")
        body = {"seconds_left": 0, "login": f"{path}?{urlencode({'het-phien': '1'})}"}
        return JsonResponse(body, status=401)
    return JsonResponse({"seconds_left": settings.IDLE_LIMIT_SECONDS})
