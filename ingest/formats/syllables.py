"""What a Vietnamese syllable is built of: rhymes, and tones as combining marks."""

import unicodedata

TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
STOPPED = {"\u0301", "\u0323"}  # the tones of syllables that end in a stop
RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu
    ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp
    iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc
    oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp
    ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm
    uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uyu uơ ư ưa ưc ưi ưm ưn ưng ươc
    ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
    """.split()
)


def apart(word: str) -> tuple[str, list[str]]:
    """Return *word* in small letters without its tones, and the tones."""
    parts = unicodedata.normalize("NFD", word.lower())
    plain = "".join(char for char in parts if char not in TONES)
    return unicodedata.normalize("NFC", plain), [c for c in parts if c in TONES]
