"""The key words of a question, in every form that a report may use."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.glossary import Forms, Glossary, form_of, stem
from answer.question import Form, Term
from answer.vocabulary import Vocabulary
from index.grammar.words import (
    STOP_WORDS,
    Word,
    fold,
    fold_in_place,
    language_of,
    lies_in,
    tokens,
    words,
)
from index.ledger import Wordings
from index.records import Language

# Words that say what kind of figure is asked for, or nothing: every report has them.
GENERIC = STOP_WORDS | frozenset(
    """
    rate rates percentage percent proportion number numbers share ratio figure
    figures total value level amount count many much year years quarter month months
    period reach reached achieve achieved achieving stand stood increase increased
    compare compared comparison target targets goal goals planned actual times time
    vietnam vietnamese viet country nation national nationwide nationally whole
    entire end beginning first last date day when rank ranked ranking place position
    pace growth grow grew rise rose risen fall fell change changed trend difference
    higher lower list name named called kind type state exact exactly roughly
    approximately overall happened happen part parts thing things meaning mean means
    say said mention mentioned given according term terms respect regard regarding
    related concerning meant supposed intended take took taken places people's go went
    gone come came put
    make made have having able using used use set since until before after within
    between among against versus vs per about across inside outside please speech
    explain describe outline summarise summarize enumerate elaborate detail details
    them those these gom
    aim aims aimed aiming strive striving hope hoping
    latest newest far already ago back mid late early together all told how fast big
    large long through because due reason reasons way ways better worse most more
    original originally initial initially less least minimum maximum few fewer several
    various some else other others another same different new was were
    ti ty le phan tram tong so luong nam quy thang ngay dat muc chi tieu dau sanh
    tang giam truong thay doi xep hang thu may ca nuoc toan quoc duoc ket qua thuc
    te uoc tinh den het cuoi ky cung truoc sau trong ngoai rieng khoang tren duoi
    hon gan bang nhieu it cao thap lon nho ten goi la loai cach viec dieu gi nao sao
    the nhanh gap lam cac nhung moi tung ve theo boi vi con thi bac
    """.split()
)
# Vietnamese generic words of two syllables; their syllables alone mean other things.
_GENERIC_VI = {
    tuple(phrase.split())
    for phrase in """
    ban dau, bao nhieu, phan tram, ty le, ti le, ty trong, ti trong, so luong, tong
    so, tong cong, ca nuoc, toan quoc, viet nam, xep hang, thu hang, muc tieu, chi
    tieu, phan dau, dat duoc, ket qua, tang truong, so voi, cung ky, hien nay, hien
    tai, den nay, bao cao, nhu the nao, the nao, ra sao, khi nao, bao gio, tai sao,
    vi sao, ly do, la gi, cho biet, vui long, xin hoi, toi muon, cho toi, cho hoi,
    theo bao cao, de ra, dat ra, bang bao nhieu, con so, gia tri, trong nam, tinh
    den, den het, cuoi nam, dau nam, giai doan, thoi diem, thay doi, so sanh, chenh
    lech, co bao nhieu, nhu vay, gan nhat, moi nhat, ke hoach dat, mong doi, thu
    may, hang may, may lan, bao nhieu lan, nguoi nao, don vi tinh, ty dong, chiem
    bao nhieu, nguoi ta, dieu gi, nhung gi, liet ke, ke ten, neu ten, xin cho, cho
    minh, minh muon, duoc khong, dung khong, phai khong, thuc te, quy dinh thoi,
    giai thich, trinh bay, mo ta, nhung noi dung, noi dung gi, noi dung nao, bao
    gom, gom nhung, cu the, xep thu, dung thu, ghi nhan, toi thieu, it nhat, toi da,
    nhieu nhat la
    """.split(",")
}
# "The eighth session" is the 8th; the first three mean other things as well.
_ORDINALS = {
    "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12",
}  # fmt: skip
_ORDINALS_VI = {
    "tu": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8", "chin": "9",
    "muoi": "10",
}  # fmt: skip
_NTH_VI = re.compile(
    r"(?:phien(?: hop)?|hoi nghi|ky(?: hop)?|cuoc hop|khoa|lan) thu $"
)  # "thứ bảy" alone is Saturday
_LONGEST_NAME = 4  # words
_SMALL = frozenset("the in of to a an on at and is it by as".split())
# How a Vietnamese syllable is built, folded: names of places, hospitals, people.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}"
    r"(?:ch|ng|nh|[cmnpt])?"
)
# Behind a number that names nothing: "15 tuổi trở lên", "15 and over".
_OF_AGE = re.compile(
    r"\+|\s*(?:tuổi|tuoi|trở lên|tro len|years?\b|and (?:over|above|older|up)\b)"
)
_CAPITALS = re.compile(r"[A-ZĐ]{2,}(?:\s+[A-ZĐ]{2,})+")  # "PAR INDEX"
_NAME = re.compile(r"^(?:[A-ZĐ][A-ZĐ0-9&]+|[A-Za-z]*[a-z][A-Z]\w*|\d+[A-Z]+|[A-Z]\d+)$")


def terms_of(
    text: str,
    language: Language,
    skip: Sequence[tuple[int, int]],
    glossary: Glossary,
    vocabulary: Vocabulary,
) -> tuple[Term, ...]:
    """The key terms of a question, longest glossary phrases first.

    skip: offsets that are no terms: periods and places, which decide otherwise.
    """
    kept = [w for w in words(text) if not lies_in(w.start, skip)]
    terms: dict[str, Term] = {}
    reader = _Reader(text, language, glossary, vocabulary)
    for term in reader.scan(kept, glossary.longest):
        terms.setdefault(term.text, term)
    return tuple(terms.values())


def wordings_of(text: str, glossary: Glossary, vocabulary: Vocabulary) -> Wordings:
    """How reports of either language may say *text*: by phrases, then word by word."""
    terms = terms_of(text, language_of(text), (), glossary, vocabulary)
    parts = [part for term in terms for part in term.parts or (term,)]
    ways = (tuple(map(_forms_of, terms)), tuple(map(_forms_of, parts)))
    return tuple(way for way in dict.fromkeys(ways) if way)


def _forms_of(term: Term) -> tuple[Form, ...]:
    # "economi" stands for "economy" too: words begin like the stem without its "i".
    english = (
        tuple(word[:-1] if word[3:].endswith("i") else word for word in form)
        for form in term.forms["en"]
    )
    return tuple(dict.fromkeys((*english, *term.forms["vi"])))


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is needed to read the words of one question."""

    text: str
    language: Language
    glossary: Glossary
    vocabulary: Vocabulary

    def scan(self, kept: Sequence[Word], longest: int) -> Iterator[Term]:
        """The terms of the words *kept*, by phrases of at most *longest* words."""
        at = 0
        while at < len(kept):
            size = _generic_size(kept, at) if self.language == "vi" else 0
            phrase = self._phrase(kept[at : at + longest])
            if size and (phrase is None or phrase[0] <= size):
                at += size
            elif phrase is None:
                length = self._name_length(kept, at)
                if length > 1:
                    yield _named(kept[at : at + length])
                elif term := self._single(kept[at]):
                    yield term
                at += length
            else:
                length, forms = phrase
                if term := self._from_phrase(kept[at : at + length], forms):
                    yield term
                at += length

    def _from_phrase(self, group: Sequence[Word], forms: Forms) -> Term | None:
        generic = len(group) == 1 or self.language == "en"
        short = len(group) == 1 and self._is_short(group[0])
        if generic and not short and all(word.form in GENERIC for word in group):
            return None
        raw = self.text[group[0].start : group[-1].end]
        parts = tuple(self.scan(group, len(group) - 1)) if len(group) > 1 else ()
        return Term(
            " ".join(word.form for word in group),
            forms,
            name=bool(_NAME.match(raw) or _CAPITALS.fullmatch(raw)),
            known=True,
            start=group[0].start,
            parts=parts if len(parts) > 1 else (),
        )

    def _phrase(self, kept: Sequence[Word]) -> tuple[int, Forms] | None:
        """The longest glossary phrase that the words start with, and its length."""
        for length in range(min(self.glossary.longest, len(kept)), 0, -1):
            group = kept[:length]
            raw = self.text[group[0].start : group[-1].end]
            # Words on both sides of a period or place are no phrase.
            if len(raw) <= sum(len(w.form) for w in group) + 2 * length and (
                forms := self._forms(group, raw)
            ):
                own = form_of(raw, self.language)
                return length, _with_own(forms, own, self.language)
        return None

    def _forms(self, group: Sequence[Word], raw: str) -> Forms | None:
        form: Form = tuple(word.form for word in group)
        raw = raw.removesuffix("’s").removesuffix("'s")  # "the UN's ranking"
        short = len(group) == 1 and _may_be_short(raw)
        if short and (found := self.glossary.short.get(group[0].form)):
            return found
        if self.language == "en":
            return self.glossary.lookup(tuple(map(stem, form)), "en")
        if fold(raw) != raw.lower():
            return self.glossary.marked.get(" ".join(raw.lower().split()))
        return self.glossary.lookup(form, "vi")

    def _name_length(self, kept: Sequence[Word], at: int) -> int:
        """How many words from here are one Vietnamese name ("Cho Ray"), else 1."""
        end = at
        for word in kept[at : at + _LONGEST_NAME]:
            beside = end == at or not self.text[kept[end - 1].end : word.start].strip()
            capital = self.text[word.start].isupper() and word.start > 0
            syllable = _SYLLABLE.fullmatch(word.form) is not None
            if not (beside and capital and syllable) or word.form in _SMALL:
                break
            phrase = self._phrase(kept[end:]) if end > at else None
            if phrase and phrase[0] > 1:
                break
            end += 1
        return max(1, end - at)

    def _is_short(self, word: Word) -> bool:
        """True for an abbreviation in capitals: "AI" is a term, "ai" asks who."""
        raw = self.text[word.start : word.end]
        return raw.isupper() and len(raw) > 1 and word.form in self.glossary.short

    def _single(self, word: Word) -> Term | None:
        raw = self.text[word.start : word.end]
        form = word.form
        number = _ORDINALS.get(form)
        if form in _ORDINALS_VI and _NTH_VI.search(
            fold_in_place(self.text[: word.start])
        ):
            number = _ORDINALS_VI[form]
        if number:
            return _ordinal(number, word.start)
        if form in GENERIC or (len(form) < 2 and not raw.isdigit()):
            return None
        age = _OF_AGE.match(self.text, word.end) is not None
        name = bool(_NAME.match(raw)) or (raw.isdigit() and not age)
        if self.language == "en" and not name and not self.vocabulary.knows(form):
            known = frozenset(self.glossary.words("en"))
            form = self.vocabulary.nearest(form, known) or form
            if form in GENERIC:
                return None
            if forms := self.glossary.lookup((stem(form),), "en"):
                return Term(form, forms, known=True, start=word.start)
            # A capital inside a question that no report knows: another's name.
            name = raw[0].isupper() and word.start > 0 and form == word.form
        own: Forms = {"en": ((stem(form),),), "vi": ((form,),)}
        return Term(
            form,
            own,
            self._weight(form, name=name),
            name,
            known=self.language == "en" and self.vocabulary.knows(form),
            start=word.start,
            translated=name,
        )

    def _weight(self, form: str, *, name: bool) -> float:
        """How much a word counts that no glossary row explains."""
        if name:
            return 1.0
        if self.language == "vi":
            return 0.4  # a syllable outside every known phrase says little
        verb = form.endswith(("ed", "ing", "ly"))
        if self.vocabulary.knows(form):
            return 0.6 if verb else 1.0
        return 0.3 if verb else 0.6  # as likely a paraphrase as another topic


def _named(group: Sequence[Word]) -> Term:
    form = tuple(word.form for word in group)
    return Term(
        " ".join(form),
        {"en": (form,), "vi": (form,)},
        name=True,
        known=True,
        start=group[0].start,
    )


def _ordinal(number: str, start: int) -> Term:
    """The nth of something, in words and in figures."""
    english = [name for name, n in _ORDINALS.items() if n == number]
    vietnamese = [name for name, n in _ORDINALS_VI.items() if n == number]
    forms: Forms = {
        "en": ((number,), *((stem(name),) for name in english)),
        "vi": ((number,), *(("thu", name) for name in vietnamese)),
    }
    return Term(number, forms, name=True, known=True, start=start)


def _generic_size(kept: Sequence[Word], at: int) -> int:
    for size in (4, 3, 2):
        group = tuple(w.form for w in kept[at : at + size])
        if len(group) == size and group in _GENERIC_VI:
            return size
    return 0


def _may_be_short(raw: str) -> bool:
    """True if *raw* can be an abbreviation; typed small it needs three letters."""
    return raw.isupper() or (len(raw) >= 3 and fold(raw) == raw)


def _with_own(forms: Forms, own: Form, language: Language) -> Forms:
    if own in forms[language]:
        return forms
    return {**forms, language: (own, *forms[language])}


def stems_of(text: str, language: Language) -> frozenset[str]:
    """The stems (English) or syllables (Vietnamese) that a text has.

    An English text about Vietnam names abbreviations and names of both, so
    unstemmed forms are in as well.
    """
    forms = [w.form for w in words(text)]
    if language == "en":
        split = [part for f in forms for part in f.split("-")]
        return frozenset(forms) | frozenset(stem(f) for f in split)
    return frozenset(forms)


def syllables_of(text: str) -> frozenset[str]:
    """The syllables of a Vietnamese text, and each two side by side: "dan so"."""
    forms = tokens(text)
    pairs = (f"{one} {two}" for one, two in itertools.pairwise(forms))
    return frozenset(forms).union(pairs)
