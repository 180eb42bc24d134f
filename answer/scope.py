"""Questions that no report can answer: sums, poems, chat, orders to the assistant."""

import re

from answer.folding import fold_question

_ARITHMETIC = re.compile(
    r"^\s*(?:what(?:'s| is)|calculate|compute|how much is|solve|tinh|hay tinh)?\s*"
    r"[\d.,]+\s*(?:[-+*/x×÷^]|plus|minus|times|divided by|multiplied by|cong|tru|nhan"
    r"|chia)\s*"
    r"[\d.,]+\s*(?:%|=|la|bang|bao nhieu|may|equals?)*[\s?=.]*(?:la "
    r"|bang )?(?:bao nhieu|may)?[\s?.]*$"
)
# "Add the cards to the accounts: what do they make?" Figures are never composed.
_SUM = re.compile(
    r"^\W*(?:(?:neu|khi) )?(?:(?:ta|toi|minh) )?"
    r"(?:cong (?!an|bo|chuc|chung|cong|cu|dan|doan|dong|ich|khai|lao|luan|nghe"
    r"|nghiep|nhan|suat|tac|thuong|trinh|truong|ty|vien|viec)\b.{3,} (?:voi|va) .{3,}"
    r"\b(?:ra|duoc|la|thi|bang)\b.*\b(?:bao nhieu|may)\b)"
    r"|^\W*(?:(?:if (?:you|i|we) )?add (?:up )?.{3,} (?:and|to|with|plus) .{3,}"
    r"|(?:what is |what's |give |calculate )?the sum of .{3,} and\b"
    r"|(?:what|(?:by )?how (?:much|many))\b.{3,} (?:added|put|taken) together\b"
    r"|(?:excluding|without counting|apart from|neu khong tinh|khong ke|ngoai tru)"
    r" .{2,40}\b(?:left|remain\w*|the rest|con lai)\b"
    r"|by how (?:much|many)\b.{3,} exceed.{3,} and .{3,} combined\b)"
)
# "If it keeps rising at this pace, when …?" No report has told what is to come.
_PROJECTION = re.compile(
    r"^\W*(?:if|neu|gia su)\b.*\b(?:keep|kept|keeps|continu\w+|same|current|giu|duy tri"
    r"|tiep tuc|nhu)\b.{0,40}\b(?:pace|rate|speed(?! limit)|rising|growing|falling"
    r"|toc do|nhip|da (?:tang|giam|nay))\b"
    r"|^\W*(?:at|with) (?:this|that|the (?:current|present|same)) (?:pace|rate|speed)\b"
    r"|^\W*(?:cu )?(?:voi|theo) (?:toc do|nhip(?: do)?|da)(?: tang| giam)?"
    r" (?:nay|do|hien)\b"
)
_CONVERSION = re.compile(
    r"\bconvert(?:s|ed|ing)?\b.{0,60}\b(?:in)?to\b|\bquy doi\b"
    r"|(?<!chuyen )(?<!trao )\bdoi (?:ra|sang|thanh)\b.{0,30}\b(?:bao nhieu|may)\b"
)
_CREATIVE = re.compile(
    r"^\W*(?:(?:please|can you|could you|would you)\s+)?(?:write|compose|invent|sing"
    r"|draw|translate|make up)\b"
    r"|\b(?:tell me a (?:joke|story)"
    r"|(?:a|me a) (?:poem|joke|song|haiku|story|essay|limerick)"
    r"|viet (?:mot |cho |giup |giup toi )?(?:bai|doan|tho|thu|email|ma|code|van)"
    r"|lam tho|ke chuyen|sang tac|bai tho|dich (?:cau|doan|giup|sang)"
    r"|(?:hay|giup toi) soan)\b"
)
_CHAT = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|thanks?|thank you|bye"
    r"|goodbye"
    r"|how are you|who are you|what are you|what can you do|xin chao|chao(?: ban| anh"
    r"| chi| em)?|cam on"
    r"|tam biet|ban la ai|ban khoe khong|ban ten (?:la )?gi"
    r"|ban lam duoc gi)\b[^?]{0,25}\??\W*$"
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|bo qua|phot lo"
    r"|hay quen)\b.{0,50}\b(?:instructions?|rules?|reports?"
    r"|previous|above|sources?|documents?|huong dan|bao cao|quy tac|tai lieu|nguon"
    r"|chi dan|lenh)\b"
    r"|\b(?:pretend|act as|role-?play|gia vo|dong vai|gia su ban la)\b"
    r"|\bsystem prompt\b|\bjust (?:say|answer|reply)\b.{0,30}\d"
    r"|\b(?:chi can|hay) (?:noi|tra loi)(?: la| rang)?\b.{0,30}\d|\bmake (?:it"
    r"|the figure) up\b|\bbia (?:ra|so)\b"
)
_OPINION = re.compile(
    r"\b(?:do you think|in your opinion|your opinion|would you (?:recommend|advise)"
    r"|should i\b|your favou?rite"
    r"|do you (?:like|believe|feel|prefer)|theo ban\b|ban (?:nghi|thay|thich|tin"
    r"|khuyen)|y kien cua ban|toi co nen)\b|^\W*(?:should|ought)\b"
    r"|\bco nen\b.{3,}\bkhong\W*$"
    # "Is it fair that …?"
    r"|\b(?:is|was|are) (?:it|this|that|they)\b(?: \w+)? (?:fair|unfair|just|justified"
    r"|reasonable|wise)\b"
    r"|^\W*(?:is|was|are|were) .{2,60}\b(?:fair|unfair|justified|reasonable|wise"
    r"|too (?:strict|harsh|lenient))\W*$"
    # "Is a fee waiver a better way than …?"
    r"|^\W*(?:is|was|are|were) .{2,80}\b(?:better|best|worse|wiser|smarter)"
    r" (?:way|idea|choice|option|policy|approach|use)\b"
    r"|\b(?:cach|phuong an|lua chon|chinh sach) (?:tot|hay|khon ngoan) hon\b.{0,60}"
    r"\bkhong\W*$"
    r"|\bco (?:cong bang|hop ly|thoa dang|dang lo|qua dang)\b.{0,20}\bkhong\W*$"
)
_OTHER = re.compile(
    r"\b(?:weather|recipe|lottery|horoscope|football (?:score|match)|stock price"
    r"|bitcoin|thoi tiet|cong thuc nau"
    r"|xo so|tu vi|ty so|gia vang hom nay|ket qua bong da|mat khau|password)\b"
)
_RULES = [
    ("arithmetic", _ARITHMETIC),
    ("arithmetic", _SUM),
    ("arithmetic", _PROJECTION),
    ("arithmetic", _CONVERSION),
    ("orders", _ORDERS),
    ("creative", _CREATIVE),
    ("opinion", _OPINION),
    ("chat", _CHAT),
    ("other", _OTHER),
]


def out_of_scope(question: str) -> str | None:
    """Why *question* is none for the reports, as a rule's name, or None."""
    folded = fold_question(question)
    for name, pattern in _RULES:
        if pattern.search(folded):
            return name
    return None
