"""Words that the patterns of `answer.wants` are made of, folded like them."""

SHARE_NOUN = (
    r"(?:percentage|percent|per cent|proportion|(?<!per )share(?! price)|rate(?! swap)"
    r"|ratio|fraction|coverage"
    r"|portion|(?<!take )(?<!took )(?<!taken )(?<!takes )(?<!taking )part(?!y)|%"
    r"|ty le|ti le|ty trong|phan tram|ty suat|do bao phu|muc do bao phu)"
)
MONEY_NOUN = (
    r"(?:revenues?|turnover|budget|cost|costs|spending|spent|worth"
    r"|value(?! (?:on|for|in) .{0,60}(?:index|indicator|component|pillar|scale))"
    r"|money|funds?"
    r"|funding|investment|capital|debt|price|fees?|gdp per capita|income|salary|wage"
    r"|doanh thu|kim ngach|gia tri|tri gia|von|kinh phi|ngan sach|chi phi|so tien"
    r"|thu nhap|tien chi|muc luong|hoc phi)"
)
OFFICE = (
    r"(?:(?:permanent |standing |deputy |vice |first |acting )*(?:prime minister"
    r"|minister|chairman|chairwoman|chairperson|director"
    r"|secretary|president|governor|mayor|spokesperson|vice chairman|head of))"
)
OFFICE_VI = (
    r"(?:pho thu tuong|thu tuong|thu truong|bo truong|pho chu tich|chu tich"
    r"|pho giam doc|giam doc|bi thu|pho bi thu|cuc truong"
    r"|vu truong|truong ban|pho truong ban|tong giam doc|truong doan|hieu truong)"
)
FEW = r"(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|1\d)"
FEW_VI = r"hai|ba|bon|sau|bay|tam|chin|muoi|[2-9]|1\d"
PAYS = (
    r"(?:earn|pay|spend|cost|bring in|pull in|take home|make|charge|save|collect|fetch"
    r"|add up to)"
)
HUNDRED = r"(?:every |each |a )?(?:100|hundred|ten)"
MEETING = r"(?:conference|meeting|delegation|committee|team|group|session)"
WHAT_PLACE = (
    r"(?:province|city|locality|country|market|district|town|region"
    r"|place(?= (?:has|had|is|was|came|finished|leads?|led|tops|topped)\b))"
)
VI_PLACE = r"(?:tinh(?:,? thanh)?|thanh pho|dia phuong|quoc gia|nuoc|thi truong|huyen)"
# Several of a kind: "which localities lead in the number of …" asks for them all.
PLACES = (
    r"(?:provinces|cities|localities|districts|communes|countries|nations|markets"
    r"|ministries|agencies|bodies|sectors|industries|fields|areas|groups|products|goods"
    r"|goals|targets|tasks|measures|indices|indexes|components|procedures|services)"
)
PAPER = (
    r"(?:quyet dinh|nghi dinh|nghi quyet|chi thi|cong dien|thong tu|thong bao|van ban"
    r"|ke hoach|cong van|luat)"
)
PAPER_EN = (
    r"(?:decision|decree|resolution|directive|dispatch|circular|notice|document|plan"
    r"|law|letter)"
)
# "By a decision of which number?", "the number of the notice".
ITS_NUMBER = (
    rf"\b{PAPER}\b.{{0,30}}\bso (?:may|bao nhieu|nao)\b"
    rf"|\bnumber of the (?:\w+ ){{0,2}}{PAPER_EN}\b|\b{PAPER_EN} number\b"
)
TOOL = (
    r"(?:he thong|nen tang|ung dung|phan mem|cong(?! ty)|co so du lieu|dam may|tro ly"
    r"|vi|kho|mo hinh|cong cu|app|trang)"
)
ASKING = r"^(?:xin |vui long |hay |nho )?(?:(?:cho biet|neu(?: ro)?|trinh bay) )?"
MARK = (
    r"(?:score|mark|level|extent|amount|total|sum|speed|weight|volume|quantity|degree"
    r"|ceiling|count|allowance)"
)
ITS_RANK = (
    r"(?:rank(?:s|ed|ings?)?|stands?|stood|(?<!in )placed?|sits?|come (?:in|nationally"
    r"|overall))"
)
WHY = (
    r"(?:why|reason|purpose|vi sao|tai sao|ly do|nguyen nhan|de lam gi|muc dich"
    r"|sao (?:lai|phai|ma))"
)
SAO = r"^\W*sao\b"  # "why", where a question begins with it
