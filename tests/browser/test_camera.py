"""The scanner of a venue before a camera: what it films is a card as it is printed."""

import io
import re

import pytest
from looking import text_of
from PIL import Image

WIDTH, HEIGHT, FRAMES = 640, 480, 10
FAKE = (
    "--use-fake-device-for-media-stream",
    # what a desk allows once, when the browser asks
    "--use-fake-ui-for-media-stream",
)


def film(path, picture, tilt):
    """A film (YUV4MPEG2) of a picture held before the camera, a little tilted."""
    card = Image.open(io.BytesIO(picture)).convert("L").resize((300, 300))
    grey = bytes([128]) * (WIDTH * HEIGHT // 2)
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for number in range(FRAMES):
            frame = Image.new("L", (WIDTH, HEIGHT), 190)
            held = card.rotate(tilt, expand=True, fillcolor=190)
            frame.paste(held, (120 + number, 60))
            file.write(b"FRAME\n" + frame.tobytes() + grey)


@pytest.fixture
def filming(open_page, launch, tmp_path):
    """A browser whose camera films the code of a holder's pass."""
    holder = open_page("titulaire", phone=True)
    picture = holder.request.get("/my/pass/qr.png").body()
    path = tmp_path / "card.y4m"
    film(path, picture, tilt=8)
    return launch(*FAKE, f"--use-file-for-fake-video-capture={path}")


def test_a_card_before_the_camera_is_a_tap(open_page, filming):
    desk = open_page("gerante", phone=True, within=filming)
    desk.goto("/my/venues")
    desk.get_by_label(re.compile("accueil.*Lac")).first.click()
    desk.wait_for_selector(".tl-scanner.tl-live")
    desk.click(".tl-scan-camera")
    desk.wait_for_selector(".tl-scan-answer[data-outcome=in]")
    assert "Léo Roche" in text_of(desk.locator(".tl-scan-answer"))
    desk.wait_for_selector(".tl-scan-lists >> text=Léo Roche")
    # it stays before the camera: that is one tap
    desk.wait_for_timeout(6000)
    assert desk.locator(".tl-scan-answer[data-outcome=in]").count()
    desk.click(".tl-scan-camera")
    assert not desk.evaluate("document.querySelector('.tl-scanner video').srcObject")
    desk.click("button[data-direction=out]")
    desk.wait_for_selector(".tl-scan-answer[data-outcome=out]")


def test_without_https_the_desk_says_what_is_needed(open_page, filming, site):
    desk = open_page("gerante", phone=True, within=filming)
    desk.goto("/my/venues")
    desk.get_by_label(re.compile("accueil.*Lac")).first.click()
    desk.wait_for_selector(".tl-scanner.tl-live")
    # what a browser does at an address in http:// that is not its own machine
    desk.evaluate(
        "Object.defineProperty(window, 'isSecureContext', {value: false});"
        "Object.defineProperty(navigator, 'mediaDevices', {value: undefined})"
    )
    desk.click(".tl-scan-camera")
    desk.wait_for_selector(".tl-scan-answer[data-outcome=refused]")
    assert "https" in text_of(desk.locator(".tl-scan-answer"))
