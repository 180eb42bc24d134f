"""What a question asks for, told by its question words in both languages.

Patterns are folded, so they hold with and without diacritics; order matters:
the first that matches decides.
"""

import re

from answer.folding import fold_question
from answer.question import FIGURES, Want
from answer.want_words import (
    ASKING,
    FEW,
    FEW_VI,
    HUNDRED,
    ITS_NUMBER,
    ITS_RANK,
    MARK,
    MEETING,
    MONEY_NOUN,
    OFFICE,
    OFFICE_VI,
    PAYS,
    PLACES,
    SHARE_NOUN,
    TOOL,
    VI_PLACE,
    WHAT_PLACE,
)

_WANTS: list[tuple[Want, str]] = [
    # "Which group of countries": the best thirty of them.
    (Want.RANK, r"\b(?:which|what) (?:top )?group of (?:countries|nations|provinces)\b"
                r"|\bnhom (?:cac )?(?:nuoc|quoc gia|tinh|dia phuong) nao\b"
                r"|^where\b.{1,60}\b(?:league tables?|standings)\W*$"),
    (Want.PERSON, rf"^(?:ong|ba|vi|dong chi) {OFFICE_VI}\b.{{0,60}}\bnao\b"
                  rf"|^(?:the )?(?:{OFFICE} of|head of)\b(?!.{{0,80}}\b(?:how|what"
                  rf"|which)\b)"
                  r"|^who (?:presided|chaired|signed|opened|put|worked|heads?|runs?|is"
                  r" (?:in charge|responsible)|spoke|said|wrote|drafted)\b"
                  r"|^ai (?:da |dang |se )?(?:la|chu tri|ky|phu trach|dung dau|noi|yeu"
                  r" cau|phat bieu|duoc giao|dieu hanh|ban hanh)\b"),
    # What is asked for by its number, or called somehow: its name.
    (Want.THING, rf"{ITS_NUMBER}"
                 r"|^what (?!.*\b(?:how (?:many|much)|consist"
                 r"|also called)\b).{3,100}\bcalled\b"
                 r"|^what (?:is |was )?the (?:\w+ ){0,3}(?:software|app|map|platform"
                 r"|marketplace|system|website|portal|tool|scheme"
                 r"|program(?:me)?) (?:where|that|which|used|taking|helping)\b"
                 rf"|^{TOOL}\b.{{0,80}}\bten (?:la )?gi\W*$"
                 r"|^(?:the )?(?:city|province|district|ministry|country|agency|company"
                 r"|bank|firm) (?:that|which|cited|named|chosen|ranked|behind|with)\b"),
    (Want.EXPLAIN, r"\b(?:for|to) what (?:purpose|end|effect)\b|\bwhat role\b"
                   r"|\b(?:phai|can|nen) (?:duoc )?(?:thay doi|doi moi)"
                   r" (?:nhu )?the nao\b"
                   r"|^sao\b(?! chep)|\b(?:vi|nho) dau\b|^what (?:made|makes|keeps|kept"
                   r"|stops|stopped|drove|drives)\b|\bon what grounds\b"
                   r"|\bwhat\b.{0,40}\breasons?\b|\bthe reason\b|^reasons?\b"
                   r"|\bthe reasons\b|\bwhat(?: is| was)? the (?:point|idea"
                   r"|sense) (?:of|behind|in)\b|\bwhat (?:is|was|are) meant by\b"
                   r"|\b(?:what|which) (?:conditions?|terms)\b"
                   r"|(?<!nhung )(?<!cac )\bdieu kien (?:gi|nao)\b"
                   r"|\bthe explanation\b|\bhow (?:do|does|did) .{2,60}\baccount for\b"
                   r"|\blam cach nao\b|\bma sao\b"
                   r"|\b(?<!ra )(?<!lam )(?<!thi )(?<!the )(?<!vi )"
                   r"(?<!tai )(?<!nhu )sao (?:ma |lai |cu |mai |it |ngai |chua |khong"
                   r" |van |con )"),
    (Want.LIST, r"\b(?:could|can|would) you (?:please )?(?:list|name)\b"
                rf"|^(?:in |for |to )?which (?:[\w-]+ ){{0,2}}{PLACES}\b"
                r"(?!.{0,120}\bhow (?:many|much)\b)"
                rf"|^(?:the )?{PLACES} (?:that|where|in which|which|to be)\b"
                rf"|\bthe {FEW} (?:\W?\w+\W? ?){{0,3}}\b(?:points"
                r"|contents|tasks|priorities|pillars|measures|principles|goals)\b"
                r"(?!.{0,80}\bhow (?:many|much)\b)"
                r"|\bwhat (?:was|were|is|has been) (?:asked|required|demanded|expected)"
                r" of\b|\bwhat (?:did|does|do|has|have) .{2,120}\bassign(?:ed)? to\b"
                rf"|\b(?:{FEW_VI}|nam) (?:nhom|noi dung|nhiem vu|giai phap|yeu cau)"
                r"(?: \w+){0,3} nao\b|\b(?:nhung ai|gom (?:co )?(?:ai|nhung ai))\b"
                r"|\bke (?:ten|giup|ra|cho)\b|\b(?:nhung"
                r"|cac) (?:\w+,? ){1,6}(?<!khi )(?<!the )(?<!ngay )(?<!luc )(?<!thang )"
                r"(?<!nam )nao\b(?!.{0,60}\b(?:bao nhieu|may)\b)"
                rf"|{ASKING}(?:{FEW_VI}|nam) (?:noi dung|nhiem vu|giai phap|linh vuc"
                r"|muc tieu|nguyen nhan|han che|tru cot|nhom|yeu cau|dinh huong"
                r"|quan diem|tieu chi|kho khan)\b(?!.{0,160}\b(?:bao nhieu|may"
                r"|khi nao|ngay nao)\b)"
                rf"|\bspell out\b|^\W*(?:the )?\W*{FEW} \w+(?: \w+)?\W*$"
                r"|\b(?:give|show|tell) me (?:all|a list|the list)\b|\bto-?do list\b"
                r"|\btop (?:two|three|four|five|[2-5])\b(?=.{0,60}\?)"),
    (Want.CHANGE, r"^(?:is|are|was|were|has|have|had|did|do|does)\b.{3,100}\b(?:up or"
                  r" down|going (?:up|down)|growing|shrinking|rising|falling|improving"
                  r"|improved|picked up|(?:more|fewer|less|faster|slower|better|worse"
                  r"|higher|lower)\b.{0,60}\b(?:than|since|compared|before)"
                  r"|compared (?:with|to)|(?:becoming|getting) (?:any )?(?:more|less"
                  r"|fewer"
                  r"|better|worse|\w+er)|between (?:19|20)\d\d and (?:19|20)\d\d)\b"
                  r"|\b(?:has|have) (?:it|this|that|they) (?:really |actually |ever )?"
                  r"(?:moved|changed|grown|improved|risen|fallen)\b"
                  r"|\b(?:len|tang) hay (?:xuong|giam)\b|\bnhieu hon hay it\b"
                  r"|\b(?:len xuong|tang giam) (?:the nao|ra sao)\b"
                  r"|\bco (?:tang|giam|bot|kha|nhieu|it|pho bien|nhanh"
                  r"|tot)\b.{0,50}\bkhong\W*$|\b(?:may|nhung|cac) nam (?:qua|nay"
                  r"|gan day)\b(?!.{0,60}\bbao nhieu\b)"
                  r"|\btu (?:muc nao|may)\b.{0,30}\b(?:len|xuong|con)\b"
                  r"|^how (?:has|have)\b.{0,90}\b(?:grown|risen|fallen|increased"
                  r"|declined|decreased|shrunk)\b|\bevolution\b"
                  r"|^(?:the )?(?:development|course|progress) of\b.{0,80}\b20\d\d\b"
                  r"|\bdescribe the (?:change|course|development|trend)\b"),
    (Want.THING, rf"^where\b(?!.{{0,80}}\b{ITS_RANK}\b)|\bo dau\b|\btai dau\b"
                 r"|(?<!nhung )(?<!cac )(?<!hai )(?<!ba )(?<!bon )(?<!nam )"
                 rf"\b{VI_PLACE} nao\b(?!.{{0,60}}\b(?:bao nhieu|may)\b)"
                 rf"|^which (?:\w+ )?{WHAT_PLACE}\b(?!.{{0,80}}\bhow (?:much|many)\b)"
                 rf"|\bwho (?:(?:topped|leads?|led)\b(?!.{{0,60}}\b{MEETING}\b)"
                 r"|(?:did (?:best|worst)|(?:came|ranked|is"
                 r"|was) (?:first|last|top|bottom|highest|lowest))\b)"),
    (Want.FIGURE, r"\b(?:which|what) (?:number|figure|value)\b(?! of)"
                  r"|\bwhat (?:are|is) (?:we|they|it) (?:at|up to|down to)\b"
                  r"|\b(?:con so|so lieu) nao\b"
                  r"|\bwhat (?:had|has|have|did|does|do|is|was) .{2,60}\b"
                  r"(?:aim(?:ed|ing)? (?:for|at)|target(?:ed|ing)?"
                  r"|want(?:s|ed)? to (?:reach|hit|achieve|attain))\b"
                  r"|\bwhat (?:does|did|do|will|would) .{2,60}\b(?:contribute|amount to"
                  r"|account for|make up|represent)\b"),
    (Want.FIGURE, r"\bhow much of\b(?!.{0,60}(?:\bper ?cent|%))"),
    (Want.SHARE, r"\bwhat (?:slice|chunk|interest)\b"
                 r"|\bhow (?:big|large) a (?:slice|chunk|part|piece)\b"
                 rf"|\b(?:of|in) {HUNDRED}\b(?=.{{0,80}}\bhow many\b)"
                 rf"|\bhow many (?:\w+ ){{0,2}}(?:in|out of) {HUNDRED}\b"
                 r"|\b(?:cu|trong|moi) (?:mot tram|100|tram|muoi)\b"
                 r"(?=.{0,80}\bbao nhieu\b)"),
    (Want.MONEY, rf"\bwhat (?:do|does|did|would|will)\b.{{2,80}}\b{PAYS}\b"
                 r"|^what (?:are|were) the (?:\w+ ){0,4}(?:sales|takings|earnings"
                 r"|proceeds|revenues|receipts|losses)\b"
                 r"|\bwhat (?:lump )?sum\b|\bprice tag\b|^(?:\w+ )?(?:cost|price) of\b"
                 r"|\bhow much\b.{0,30}\b(?:fines|tax|taxes|cash)\b"
                 r"|\b(?:bao nhieu|may) (?:nghin |tram |chuc |trieu |ty )?(?:ty|ti|do"
                 r"|do la|dong|dola)\b(?! (?:le|trong|hoa))"
                 r"|(?<!quoc )(?<!tham )(?<!chuyen )(?<!so )(?<!chat )(?<!luc )"
                 r"(?<!san )(?<!khoi )(?<!trong )(?<!nang )(?<!dung )"
                 r"\b(?:gia|luong|tien)\b(?! (?:giao|tri|mat|dinh|nhap|han|tang|luong))"
                 r"(?:(?!\b(?:tang|giam)\b).){0,60}\bbao nhieu\b"),
    (Want.LIST, r"\b(?:please|just) (?:list|name|enumerate)\b|\bconsists? of\b"
                r"|\bmade up of\b|\bcomprise\b"
                rf"|\b(?:which|what|nhung|cac) {FEW} (?!percent|times|year|month)"
                rf"|^(?:{FEW_VI}) (?!phan tram|lan|nam|thang)(?:\w+ ){{1,4}}nao\b"),
    (Want.PERSON, rf"\b(?:which|what) (?!are\b|were\b)(?:\w+ ){{0,2}}(?:{OFFICE}|deputy"
                  r"|official(?!s? (?!who|is|was|has|did|will|said|from|of|in|at"
                  r"|chaired|attended)\w)|leader|spokesman|speaker)\b"
                  rf"|(?<!nhung )(?<!cac )\b{OFFICE_VI}"
                  r"(?: (?!nhung\b|cac\b)[\w/]+){0,12}?"
                  r" (?:(?<!the )(?<!nhu the )(?<!ngay )(?<!thang )(?<!nam )(?<!khi )"
                  r"(?<!luc )(?<!hom )nao|ten (?:la )?gi|la ai)\b"),
    (Want.EXPLAIN, r"\bwhy\b|\bhow come\b|\btai sao\b|\bvi sao\b|\bnguyen nhan\b"
                   r"|\bly do\b"
                   r"|\bfor what reason|\bdo dau\b|\bpurpose of\b|\bwhat for\b"
                   r"|\bde lam gi\b|\bmuc dich\b"
                   r"|\bnham (?:muc dich )?gi\b|\bwhat is .{1,40}\babout\b"
                   r"|\bwhat (?:(?:is|was|are|were) )?(?:holding|behind|causing|slowing"
                   r"|blocking|hindering|preventing)\b|\bwhat (?:caused|led to"
                   r"|explains|hinders|prevents)\b|\bdieu gi (?:khien|lam|can)\b"
                   r"|^how (?:should|must|can|could|ought)\b"
                   r"|^what\b.{2,120}\b(?:meant|supposed|intended|designed|aimed"
                   r"|expected) to (?:do|bring|achieve|accomplish|help|lead|serve)\b"),
    (Want.PERSON, r"\b(?:cho (?:biet|toi biet) )?(?:ho (?:va )?ten|ten day du)"
                  r"(?: (?:la gi|day du|gi))?\W*$"
                  r"|\bfull name(?: of the\b.{0,60})?\W*$"),
    (Want.BODY, r"(?<!nhung )(?<!cac )(?<!co )(?<!chi )(?<!con )\b(?:bo (?:nganh )?"
                r"|co quan|don vi|to chuc|so|(?<!van )ban"
                r"|uy ban|doanh nghiep|cong (?:ty|_)|tap doan|ngan hang) ?nao\b"
                r"|\bnganh nao\b(?=.{0,30}\bchu tri)|^(?:so|bo|co quan) (?:nao|gi)\b"),
    (Want.GROWTH, r"\bhow much (?:better|worse|higher|lower|faster|slower)\b(?=.{0,30}"
                  r"\b(?:than|compared)\b)"
                  r"|\b(?:what|which) (?:\w+ ){0,2}(?:rise|increase|drop|decline"
                  r"|decrease|jump|fall)s? (?:in|of)\b"
                  r"|\bhow fast\b.{0,60}\b(?:gr[oe]w|ris|increas|expand)\w*"
                  r"|\bby (?:(?:at|about|roughly|exactly|just|least|around) ){0,2}how"
                  r" (?:much|many)\b|\bup by how\b"
                  r"|\b(?:what|which) (?:\w+ )?(?:rate|pace|speed)"
                  r" (?:did|does|do|has|have|is|was|are|were)\b"
                  r".{2,80}\b(?:gr[oe]w\w*|increas\w*|ris\w+|rise|expand\w*)\b"
                  r"|\bgo(?:ne)? up\b.{0,20}\bhow much\b|\bwent up\b.{0,20}\bhow"
                  r"|\b(?:tang|giam)(?: them| len| duoc| toi thieu| it nhat| khoang"
                  r"| hon| gan)* (?:bao nhieu|may)\b"
                  r"|\b(?:len|leo|nhay|tut|xuong)(?: them| duoc| len)* (?:bao nhieu"
                  r"|may) (?:bac|hang|vi tri|thu hang)\b|\bhow many more\b"),
    (Want.COMPARE, r"\bcompare[sd]?\s+(?:to|with|against)\s+(?:that|those|this"
                   r"|the\s+\w+\s+in|"
                   r"(?:in\s+)?(?:19|20)\d\d)|^\s*compare\b|\bcomparison\b"
                   r"|\bdifference between\b"
                   r"|\bhow do(?:es)? .{0,60}\bcompare\b|\bversus\b|\bvs\b|\bso sanh\b"
                   r"|\bchenh lech\b|\bkhac nhau (?:the nao|ra sao)"
                   r"|\bcao hon hay thap hon\b"
                   r"|\bhigher or lower\b|\bmore or (?:less|fewer)\b"
                   r"|\b\w+ hay \w+ hon (?:cung ky|nam|so voi|truoc)\b"
                   r"|\bwhich (?:was|is) (?:the )?(?:higher|lower|larger|bigger"
                   r"|greater)\b|^(?!.*\b(?:what|how)\b).*\b(?:q[1-4]"
                   r"|20\d\d)\W{1,2}against\W(?:q[1-4]|20\d\d)\b|\bbefore and after\b"
                   r"|\bcach (?:muc tieu|chi tieu|ke hoach)\b|\b(?:far|close|short)"
                   r" (?:from|to|of) (?:the |its )?(?:target|goal|plan)\b"
                   r"|\bso voi .{1,40} (?:thi|nhu)? ?(?:the nao|ra sao|sao)\b"),
    (Want.MULTIPLE, r"\bhow many times\b(?! (?:were|was|have|has|had)\b"
                    r"(?!.*\b(?:higher|larger|greater|more|bigger|than)\b))"
                    r"|\bby what (?:factor|multiple)\b|\bhow many-?fold\b"
                    r"|^(?!.*\bbi\b.{0,40}\b(?:bao nhieu|may) lan\b)"
                    r".*\b(?:bao nhieu|may) lan\b(?! (?:bi|xay|duoc|co)\b)"
                    r"|\bgap (?:may|bao nhieu)\b|\bwhat factor\b"),
    (Want.CHANGE, r"\bhow (?:has|have|had|did|does|do)\b.{0,90}\b(?:changed?|evolved?"
                  r"|develop(?:ed)?"
                  r"|progress(?:ed)?|moved?|trend(?:ed)?|vary|varied|fare[sd]?)\b"
                  r"|\bwhat (?:has |have |had )?(?:happened|become|became)"
                  r" (?:to|of|with)\b"
                  r"|\btrends?\b|\bover (?:the years|time|the period|the past)\b"
                  r"|\byear by year\b|\b(?:in|for|of) (?:each|every) year\b"
                  r"|\bby year\b(?!\W(?:end|s end))"
                  r"|\bthay doi (?:nhu )?the nao\b|\bthay doi ra sao\b"
                  # Not the province of that name.
                  r"|(?<!\bo )(?<!tinh )(?<!cua )(?<!tai )\bdien bien (?:the nao"
                  r"|nhu the|ra sao|qua|cua|trong|gia|so|ty|ti|tinh hinh)\b"
                  r"|\bbien dong\b|\bqua (?:cac|tung) nam\b|\bxu huong\b|\btung nam\b"
                  r"|\btheo (?:tung )?nam\b|\bfrom (?:19|20)\d\d to (?:19|20)\d\d\b"
                  r"|(?<!dien )\btu (?!dau )(?:(?!bao nhieu)\w+ ){0,2}20\d\d (?:den"
                  r"|toi(?! (?:thieu|da)\b))\b"
                  r"|\b(?:tang|giam|chuyen bien|cai thien) (?:nhu )?the nao\b"
                  r"|\b(?:tang|giam|chuyen bien) ra sao\b"
                  r"|\bbetween (?:19|20)\d\d and (?:19|20)\d\d\b|\bfrom (?:19"
                  r"|20)\d\d through\b"
                  r"|\bchange[sd]? (?:from|between)\b|\bcac nam 20\d\d"
                  r"|\bfrom what to what\b"
                  r"|[,:] (?:the )?(?:development|trend|evolution|dien bien"
                  r"|xu huong)\W*$|\btu bao nhieu\b.{0,50}\b(?:len|xuong|den|toi)\b"
                  r"|\b(?:rise|increase|go up|grow"
                  r"|fall|decrease|drop) or (?:fall|decrease|down|decline|drop|rise"
                  r"|increase)\b"
                  r"|\btang (?:hay )?giam\b(?! bao nhieu)|\bhow\b.{0,60}\bchange\b"),
    (Want.GROWTH, r"\bhow much (?:did|has|have|had|does|do|more|higher"
                  r"|faster)\b.{0,80}\b(?:increase"
                  r"|grow|grown|rise|risen|rose|fall|fallen|drop|decline|decrease|go up"
                  r"|gone up|gain|up|down|climb|expand|jump|improve)"
                  r"|\bby how (?:much|many)\b|\bhow fast\b|\bgrowth rate\b"
                  r"|\brate of (?:growth|increase)"
                  r"|\bhow many (?:places|positions|spots|levels|ranks"
                  r"|rungs|notches|steps)\b.{0,60}\b(?:climb|r[io]se|up|jump|gain"
                  r"|improv|drop|f[ae]ll|move|increase|advance|higher|lower|ahead)"
                  r"|\bhow many (?:percentage points|more|fewer)\b|\bwhat (?:was|is"
                  r"|were) .{0,50}\bgrowth\b"
                  r"|^(?:the )?(?:\w+ ){0,4}growth\b|\byearly growth\b"
                  r"|\bannual growth\b"
                  r"|\bincrease of how\b|\bwhat (?:increase|growth|rise|decrease"
                  r"|decline|drop)\b|\b(?:tang|giam|nhay|cai thien"
                  r"|tut)(?: truong)?(?: them)?(?: len)? (?:duoc )?"
                  r"(?:bao nhieu|may)\b|\btoc do tang\b|\bmuc tang\b"
                  r"|\btang truong bao nhieu\b"
                  r"|\btang .{0,30}bao nhieu\b|\bgiam .{0,30}bao nhieu\b|\btang may\b"
                  r"|\bmuc giam\b|\bti le tang\b|\bty le tang\b"
                  r"|\btang truong\b.{0,40}\bbao nhieu\b"),
    # "How many were short of it when it peaked?" does not ask when.
    # "When it began, to how many …?" neither.
    (Want.DATE, r"^(?!\W*(?:how \w+|who|why|which|what|where)\b)"
                r"(?!.{10,}, (?:\w+ )?how (?:many|much)\b).*\bwhen\b"
                r"|\bthe (?:last|final|latest) (?:day|date)\b(?=.{0,20}\b(?:for|to)\b)"
                r"|\b(?:since|until|by|from) when\b|\bwhat (?:\w+ )?date\b"
                r"|\b(?:what|which) (?:exact )?(?:day|month|year)\b"
                r"|\bdeadline\b|\bcut-?off\b|\bby what time\b|\bon what date\b"
                r"|\bhow long until\b"
                r"|\bkhi nao\b|\bbao gio\b|\bngay nao\b|\bngay (?:thang )?(?:may"
                r"|bao nhieu)\b|(?<!dien )(?<!nang )\bluc nao\b"
                r"|\bthoi (?:diem|han|gian) nao\b|\bnam nao\b|\bthang (?:may|nao)\b"
                r"|\bhan chot\b|\bhan (?:cuoi|hoan thanh)\b|\bthoi han\b"
                r"|\bthoi diem\b.{0,30}\b(?:nao|la gi)\b"
                r"|\bngay thang nam nao\b|\btruoc ngay nao\b|\bhom nao\b"
                r"|\bdate\b(?! of birth)|^ngay\b"
                r"|\bday (?:of )?(?:sign|issu|approv|adopt|launch|pass|establish)\w+"
                r"|\bday (?:la )?ngay\b"),
    # "How many provinces are in the ranking?"
    (Want.COUNT, r"^(?:in all |in total )?how many (?!places|positions|spots"
                 r"|notches|ranks|rungs|steps|per|%|points|more|fewer|times|(?:b|m"
                 r"|tr)illion|dollars?|dong|usd|vnd)\w+.{3,}\brank(?:ed|ing|ings)\b"
                 r"|^(?:co )?(?:bao nhieu|may) (?!phan|%|diem|bac|lan|ty|trieu"
                 r"|nghin|tien|dong)\w+.{3,}\b(?:xep hang|ty le|ti le)\b"),
    (Want.RANK, r"\brank(?:s|ed|ing|ings)?\b(?!.{0,30}\bindex\b.{0,20}\bcalled\b)"
                r"|\b(?:what|which) (?:place|position|rank)\b|\bwhere (?:does|did|do"
                r"|is) .{1,60}\b(?:stand|sit|rank|placed|come)\b|\bwhat number\b"
                r"|\bxep (?:hang |thu |vi tri )?(?:thu )?(?:may|bao nhieu|nao"
                r"|the nao)\b|\bhang (?:may|bao nhieu)\b|\bthu may\b"
                r"|\bthu hang\b|\bvi tri (?:thu )?(?:may|bao nhieu|nao)\b|\bxep hang\b"
                r"|\bdung (?:thu|hang) (?:may|bao nhieu)\b"
                # … but "thu" may be what is collected.
                r"|(?<!giao )(?<!da )(?<!duoc )(?<!tong )(?<!sach )"
                r"\bthu bao nhieu\b(?! (?:tien|ty|dong|trieu))"),
    (Want.RATIO, r"\bhow many (?:of|out of) the\b.{0,60}\b(?:goals?|targets?"
                 r"|criteria)\b"
                 r"|\bout of the (?:\w+ ){0,5}(?:goals?|targets?|criteria|tasks)\b"
                 r"(?=.{0,60}\bhow many\b)"
                 r"|\bhow many out of\b|\bbao nhieu tren tong so\b|\bbao nhieu/"),
    (Want.SHARE, rf"\bbao nhieu (?:phan tram|%)|\bmay (?:phan tram\b|%)"
                 r"|\bwhat (?:percentage|percent|per cent|(?<!per )share"
                 r"|proportion|fraction)\b"
                 rf"|\bhow (?:large|big|high|low) (?:a |is the "
                 rf"|was the )?{SHARE_NOUN}\b"
                 rf"|\b(?:what|how much|which)\b.{{0,60}}\b{SHARE_NOUN}\b"
                 r"|^(?!how many (?!per ?cent|%))(?:the )?[\w\s\-,.]{0,60}"
                 rf"\b{SHARE_NOUN}\b(?!.*\bhow many\b)"
                 r"|\bchiem bao nhieu\b|\bty le\b|\bti le\b|\bty trong\b"
                 r"|\bbao phu\b.{0,30}\bbao nhieu\b"
                 r"|\bhow much of\b|\bbao nhieu phan\b"),
    (Want.MONEY, rf"\bhow much (?:did|does|do|has|have|was|is|will)\b.{{0,80}}\b(?:earn"
                 rf"|spend|spent|cost|pay|paid|invest|invested|collect|collected"
                 rf"|take in|bring in|generate|make)\b"
                 rf"|\bearnings\b|\bthu ve\b.{{0,20}}\bbao nhieu\b"
                 rf"|\bhow much\b.{{0,40}}\b{MONEY_NOUN}\b"
                 rf"|\bwhat\b.{{0,60}}\b{MONEY_NOUN}\b"
                 rf"|\b{MONEY_NOUN}\b.{{0,80}}\b(?:bao nhieu|how much|how large"
                 rf"|how big)\b|\bbao nhieu (?:tien|usd|dong|do la|ty dong"
                 r"|trieu dong|ty usd|trieu usd|nghin dong|ty do|trieu do|vnd)\b"
                 r"|\bhow many (?:dollars|dong|usd|vnd|billion)\b"
                 rf"|\bhow (?:large|big|high)\b.{{0,30}}\b{MONEY_NOUN}\b"),
    (Want.THING, r"\b(?:he thong|nen tang|ung dung|phan mem|van ban|du an|mo hinh"
                 r"|cong cu|chuong trinh|de an|nghi dinh|luat|co so du lieu)"
                 r" (?:gi|nao)\b(?!.{0,40}\bbao nhieu\b)"),
    (Want.FIGURE, r"\bbao nhieu\W*(?:a|vay|the|nhi|roi|nhe)?\W*$"
                  r"|\bhow much\b(?!.{0,20}\bof\b)|\bbao nhieu (?:trong|o|vao|cho"
                  r"|tai(?! (?:khoan|san|lieu|xe|nguyen|tro|nan))|theo|so voi"
                  r"|trong nam|nam|tinh)\b"),
    (Want.COUNT, r"\bhow long\b(?! until)|\bbao lau\b"
                 r"|\bhow many\b|\bnumber of\b|\bbao nhieu\b|\bso luong\b|\btong so\b"
                 r"|\bmay\b(?! (?:tinh|moc|bay|chu)\b)"
                 r"|\btotal (?:number|count)\b|\bheadcount\b|^so (?!sanh|voi)"),
    (Want.PERSON, r"\bwho(?:se|m)?\b|\bwhich (?:person|official|leader|minister"
                  r"|politician)\b"
                  r"|\b(?:nhung )?ai\b(?! cap)|\bnguoi nao\b|\bvi nao\b|\bong nao\b"
                  r"|\bba nao\b|\bdong chi nao\b"
                  r"|\bname of the (?:\w+ ){0,3}(?:chair\w*|minister|head|director|vice"
                  r"|deputy|president|person|secretary|leader|official|boss|chief)\b"
                  r"|\b(?:nguoi|vi|ong|ba|lanh dao)\b.{0,80}"
                  r"\b(?:ten (?:la )?gi|la ai)\b"
                  r"|\bten (?:cua )?(?:vi )?(?:chu tich|bo truong|giam doc|pho|truong"
                  r"|bi thu|nguoi|thu tuong)|\blanh dao nao\b"),
    (Want.FIGURE, r"^how (?:high|low|large|big|fast|wide|deep|old|heavy)\b"
                  rf"|\bwhat (?:\w+ ){{0,3}}{MARK}\b(?! of (?:the )?(?:notice|law))"),
    (Want.LIST, r"\bwhat (?:will|must|should|do|does|did|has|have|had|would)\b.{2,80}\b"
                r"(?:do|done|focus on|concentrate on|told|tell|given|gave|get done)\b"
                r"|\b(?:which|what) (?!does\b|goes\b)(?:(?:big|new|main|key|sort of"
                r"|kind of|other|two|three) )?(?!\w*(?:ss|us|is|ws)\b)\w{3,}s\b"
                r"(?! of the (?:total|population))"
                r"|\b(?:nhung|cac|hai|ba|bon) \w+(?: \w+){0,3} nao\b"),
    (Want.LIST, r"^\s*(?:please\s+)?(?:list|name|enumerate)\b|\bwhat are\b"
                r"|\bwhich are\b|\bwhat were\b"
                r"|\bwhat (?:\w+ ){0,2}(?:pillars|tasks|goals|limitations|shortcomings"
                r"|solutions|items|"
                r"components|utilities|services|areas|fields|priorities|measures"
                r"|challenges|difficulties|"
                r"activities|results|groups|sectors|topics|types|kinds|things)\b"
                r"|\bwhich (?:\w+ ){0,2}(?:pillars|tasks|goals|limitations|shortcomings"
                r"|solutions|components|"
                r"utilities|services|areas|fields|priorities|measures|provinces"
                r"|ministries|agencies|"
                r"localities|laws|documents|countries|sectors|industries|groups"
                r"|markets)\b"
                r"|\bnhung (?:\w+ ){1,4}(?:nao|gi)\b|\bcac (?:\w+ ){1,4}(?:nao|gi)\b"
                r"|\bgom (?:co )?(?:nhung|cac)\b"
                r"|\bbao gom\b|\bliet ke\b|\bke ten\b|\bneu (?:ten|cac|nhung|ra)\b"
                r"|\bla nhung (?:gi|\w+ nao)\b"
                r"|\bgom\b.{0,20}\b(?:gi|nao)\b|\bco nhung\b|\bnhung gi\b"),
    (Want.BODY, r"\b(?:which|what) (?:\w+ )?(?:ministry|ministries|agency|body|bodies"
                r"|organi[sz]ation"
                r"|department|office|authority|unit|institution|committee|company|bank"
                r"|enterprise)\b"
                r"|\bbo (?:nganh )?nao\b|\bco quan nao\b|\bdon vi nao\b|\bto chuc nao\b"
                r"|\bso nao\b|(?<!van )\bban nao\b"
                r"|\buy ban nao\b|\bdoanh nghiep nao\b|\bngan hang nao\b"),
    (Want.EXPLAIN, r"\bhow (?:do|does|did|is|are|was|were|will|should|can|has|have)\b"
                   r"|\bexplain\b"
                   r"|\bdescribe\b|\bwhat does .{0,40}\bmean\b|\bsummari[sz]e\b"
                   r"|\bnhu the nao\b|\bthe nao\b"
                   r"|\bra sao\b|\blam (?:sao|cach nao|gi)\b|\bbang cach nao\b"
                   r"|\bgiai thich\b|\bmo ta\b|\btom tat\b"
                   r"|\bwhat (?:did|does|do) .{2,60}\b(?:say|ask|request|call|propose"
                   r"|emphasi[sz]e|stress|want|urge|demand|highlight|do|instruct)\b"
                   r"|\bvai tro\b.{0,20}\bgi\b|\by nghia\b|\bde lam gi\b"),
    (Want.FIGURE, r"\b(?:what|which) (?:level|extent|amount|score|size|speed|quantity"
                  r"|volume|area|length|output|yield|(?:\w+ )?growth)\b"
                  r"|\bmuc (?:nao|may)\b|\b(?:diem so|dien tich|san luong|quy mo"
                  r"|toc do|khoi luong|cong suat)\b"),
    (Want.FIGURE, r"\bwhat did .{2,60}\b(?:score|reach|cost|total|amount to)\b"),
    (Want.FIGURE, r"^\W*(?:(?:in|on|at|for|by|as of"
                  r"|during) [\w\s,]{2,40}, )?what (?:is|was|are|were"
                  r"|the)\b(?!.{0,24}\b(?:name|title|theme|motto|slogan|called|topic"
                  r"|role|purpose|full name|meaning)\b)"),
    (Want.THING, r"\bwhich\b|\bwhat (?:is|was) (?:the )?(?:name|title|theme|motto"
                 r"|slogan)\b|\bwhat \w+\b|\bnao\b|\bla gi\b"
                 r"|\bten (?:la )?gi\b|\bchu de\b"),
]  # fmt: skip
_COMPILED = [(want, re.compile(pattern)) for want, pattern in _WANTS]


def want_of(question: str) -> Want:
    """What *question* asks for; FIGURE if no question word tells."""
    folded = fold_question(question)
    for want, pattern in _COMPILED:
        if pattern.search(folded):
            return want
    return Want.FIGURE


# "Tăng từ bao nhiêu lên bao nhiêu": how high it was, not by how much it rose.
_FROM_LEVEL = re.compile(
    r"(?<!dau )(?<!dien )\btu (?:bao nhieu|muc nao|may)\b|\bfrom (?:what|how (?:many"
    r"|much|high|low))\b"
)


def base_want(question: str) -> Want:
    """The kind of figure that a question is about, whatever it wants with it."""
    folded = fold_question(question)
    kinds = FIGURES - {Want.GROWTH} if _FROM_LEVEL.search(folded) else FIGURES
    for want, pattern in _COMPILED:
        if want in kinds and pattern.search(folded):
            return want
    return Want.FIGURE
