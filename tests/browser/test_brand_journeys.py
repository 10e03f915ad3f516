"""The mark: a venue applies, a peer reviews, the committee decides, a passer-by checks
the QR code of the certificate."""

import base64
import shutil
import subprocess

import pytest
from looking import assert_no_barrier, text_of

PENTES = "L'Établi des Pentes"


def choose(page, rank, comment):
    """The same level of each criterion, in words."""
    for criterion in page.locator(".tl-criterion").all():
        criterion.locator(f"input[type=radio][value='{rank}']").check()
        for text in criterion.locator("textarea").all():
            text.fill(comment)


def apply(page):
    page.goto("/my/brand")
    page.select_option("#tl_venue", label=PENTES)
    page.click("text=Commencer ou reprendre")
    page.wait_for_selector(".tl-gates")
    assert page.locator(".tl-gates .fa-times-circle").count() == 0
    assert_no_barrier(page)
    page.click("text=Enregistrer et envoyer la candidature")
    assert "Acceptez" in text_of(page.locator(".alert-danger")), "told what lacks"
    page.fill("#tl_statement", "Nous voulons progresser avec les autres.")
    choose(page, 2, "Des ateliers ouverts chaque semaine.")
    page.set_input_files(
        ".tl-criterion input[type=file] >> nth=0",
        {"name": "programme.txt", "mimeType": "text/plain", "buffer": b"Programme"},
    )
    page.click("text=Enregistrer, et reprendre plus tard")
    page.wait_for_selector(".alert-success")
    assert "programme.txt" in text_of(page.locator(".tl-evidence"))
    page.check("input[name=accepted]")
    page.click("text=Enregistrer et envoyer la candidature")
    page.wait_for_selector("#tl_steps")
    assert_no_barrier(page)
    page.locator("select[id^=tl_rank] >> nth=0").select_option("3")
    page.locator("input[id^=tl_date] >> nth=0").fill("2030-06-30")
    page.locator("textarea[id^=tl_action] >> nth=0").fill("Un comité d'usagers.")
    page.click("text=Enregistrer le plan")
    page.wait_for_selector(".alert-success")
    assert page.locator("svg.tl-radar polygon[stroke='#b06d00']").count() == 1


def ask_for_review(page):
    page.goto("/my/brand/committee")
    page.click(f"text={PENTES}")
    page.select_option("#tl_reviewer", label="Hugo Masson")
    page.click("text=Demander le regard")
    page.wait_for_selector(".alert-success")


def review(page):
    page.goto("/my/brand")
    page.click("a:has-text('Mes regards')")
    page.click(f"text={PENTES}")
    assert_no_barrier(page)
    choose(page, 3, "Vu sur place.")
    page.click("text=Envoyer mon regard")
    page.wait_for_selector(".tl-views")
    assert "Les regards diffèrent" in text_of(page.locator(".tl-views"))


def decide(page):
    page.goto("/my/brand/committee")
    page.click(f"text={PENTES}")
    assert_no_barrier(page)
    page.check("input[name=choice][value=for]")
    page.fill("#tl_motive", "Un lieu vivant.")
    page.click("text=Donner mon avis")
    page.wait_for_selector("text=Enregistrer la décision")
    page.fill("#tl_decision", "Les six critères sont tenus.")
    page.click("text=Enregistrer la décision")
    page.wait_for_selector("text=Enregistrée par")


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="turns a PDF to a picture")
def test_an_old_certificate_leads_to_what_it_is_worth_today(open_page):
    page = open_page("pair")
    page.goto("/my/brand")
    page.locator("a[href*='/my/brand/licence/']").first.click()
    certificate = page.request.get(
        page.locator("a[href$='certificate.pdf']").get_attribute("href")
    )
    address = page.locator("a[href*='/marque/verifier/']").get_attribute("href")
    found = scanned(page, certificate.body())
    assert found.endswith(address)
    passer_by = open_page(phone=True)
    passer_by.goto(address)
    assert "Licence expirée" in text_of(passer_by.locator(".tl-answer"))


def scanned(page, pdf):
    """What the QR code on the first page of a PDF says to the library of Odoo's
    scanner, which looks once."""
    picture = subprocess.run(
        ["pdftoppm", "-r", "120", "-png", "-singlefile", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    page.add_script_tag(url="/web/static/lib/zxing-library/zxing-library.js")
    return page.evaluate(
        """async (data) => {
            const picture = new Image();
            picture.src = `data:image/png;base64,${data}`;
            await picture.decode();
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [picture.width, picture.height];
            canvas.getContext("2d").drawImage(picture, 0, 0);
            const source = new ZXing.HTMLCanvasElementLuminanceSource(canvas);
            const dots = new ZXing.BinaryBitmap(new ZXing.HybridBinarizer(source));
            const hints = new Map([[ZXing.DecodeHintType.TRY_HARDER, true]]);
            return new ZXing.QRCodeReader().decode(dots, hints).text;
        }""",
        base64.b64encode(picture.stdout).decode(),
    )


def test_a_venue_applies_and_a_passer_by_checks(open_page):
    applicant = open_page("gerante")
    apply(applicant)
    judge = open_page("comite")
    ask_for_review(judge)
    review(open_page("pair"))
    decide(judge)
    applicant.goto("/my/brand")
    applicant.locator("a[href*='/my/brand/licence/']").first.click()
    assert_no_barrier(applicant)
    certificate = applicant.request.get(
        applicant.locator("a[href$='certificate.pdf']").get_attribute("href")
    )
    assert certificate.body()[:4] == b"%PDF"
    address = applicant.locator("a[href*='/marque/verifier/']").first
    address = address.get_attribute("href")

    phone = open_page(phone=True)
    phone.goto(address)
    assert "Licence en cours" in text_of(phone.locator(".tl-answer"))
    assert PENTES in text_of(phone.locator(".tl-answer"))
    assert_no_barrier(phone)
    code = address.rsplit("/", 1)[1]
    other = "0" if code[3] != "0" else "1"
    phone.goto(f"/marque/verifier/{code[:3]}{other}{code[4:]}")
    assert "code n’est pas bon" in text_of(phone.locator(".tl-answer"))
    phone.goto("/lieux?search=pentes")
    assert "Marque" in text_of(phone.locator(".tl-badge-mark").first)


def test_what_a_passer_by_is_told_of_the_others(open_page):
    phone = open_page(phone=True)
    phone.goto("/marque/registre")
    assert_no_barrier(phone)
    for venue, answer in {
        "Plateau": "Licence en cours",
        "Lac": "Licence suspendue",
        "La Ruche": "Licence expirée",
    }.items():
        phone.goto("/marque/registre")
        phone.click(f".tl-register a:has-text('{venue}')")
        assert answer in text_of(phone.locator(".tl-answer"))
        assert_no_barrier(phone)
    phone.fill("#tl_code", "0123-4567-89AB-CDEF-00")
    phone.click("button:has-text('Vérifier le code')")
    assert "code n’est pas bon" in text_of(phone.locator(".tl-answer"))
