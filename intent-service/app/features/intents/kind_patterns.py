"""The signs of a prompt's kind: words for screens, wishes, questions, changes, attacks, and other subjects."""

import re

SCREEN = re.compile(
    r"화면|페이지|(?<![가-힣])폼|(?<![가-힣])표(?=\s|를|\b)|팝업|그리드|목록|리스트|대시보드|\bUI\b|등록창|조회창|검색창|모달|프로그램|양식|신청서|관리|현황|조회|등록|입력창|\bCRUD\b|게시판|일괄\s*저장|마스터[\s-]*디테일|(?:주소록|연락처|가계부|방명록|명부|장부|대장|일지|출석부|전화번호부|체크리스트|(?:점검|평가|일정|시간|체크|기록|조사|배치|근무)표)(?:을|를|[\s.,:]|$)|통계|집계|피벗|차트|그래프"
    r"|\bmaster[\s/-]*detail\b|\b(?:screens?|pages?|forms?|views?|popups?|pop-ups?|dialogs?|grids?|crud|lists?|ui|management|editor|picker|lookup|inquiry|dashboard|board|maintenance|roster|log|registry|tracker)\b",
    re.IGNORECASE,
)
STRONG_SCREEN = re.compile(
    r"화면|페이지|(?<![가-힣])폼|팝업|\bUI\b|모달|\bCRUD\b|입력\s*폼|등록\s*폼|게시판|마스터[\s-]*디테일|\b(?:screens?|pages?|forms?|popups?|pop-ups?|dialogs?|crud|ui)\b",
    re.IGNORECASE,
)
CREATE = re.compile(
    r"만들|맹글|만드러|만듦|만드는|맏들|생성|짜\s*줘|짜\s*주|짜줄|짜봐|작성해|개발|구현|필요|부탁|뽑아|그려|제작|구성해|설계|원해|원합니다|있었으면|있으면\s*좋|주세요|해줘|해\s*주|줘\b|주라|할래|싶어|싶습니다|ㄱㄱ|고고|하나만|추가해|띄워|세팅|코딩"
    r"|\b(?:create|creat|crate|make|mkae|build|bulid|generate|genrate|design|implement|develop|need|want|write|produce|give\s+me|i'd\s+like|scaffold|(?:^|[.!?]\s*)(?:show|display|list|browse|track|maintain)|set\s+up|draft|prepare|code\s+up|put\s+together|whip\s+up)\b",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"방법|어떻게|어떡|어케|무엇|뭐(?:야|예요|에요|지|가|를|니|임|고|였|로|\s*써|\s*쓰|\s*해야|라고)|뭘\s|어떤\s*\S+(?:로|으로|을|를|에서)\s*(?:해|하|쓰|써|넣)|어느\s|뭔가요|뭔지|무슨|왜\s|왜\?|이유|차이(?!즈)|뭘까|원인[이은]|알려|설명\s*(?:해|좀|부탁|바랍|을\s*부탁)|궁금|인가요|[합됩습]니까|나요\b|나요\?|을까요|ㄹ까요|할까요|까요\?|있어\?|있나\?|되나\?|되나요|되니|되죠|맞나|맞아\?|어디서|어디에|언제|(?:예제|예시|샘플)\s*(?:코드|소스|좀|보여|있)|[은는]\s*\?\s*$|(?:려면|으면|하면)\s*\??\s*$|사용법|[가-힣]는\s*법(?![가-힣])|문법|의미|뜻이|몇\s*(?:개|가지)|가능한가|가능해\?|가능한지|안\s*(?:돼|되)|안되는|가르쳐"
    r"|^\s*(?:what|how|why|when|where|which|who|is|are|does|do|did|can\s+i|can\s+a|could\s+i|should|explain|tell\s+me|describe|what's|difference)\b|\b(?:how\s+(?:to|do|can|does|should)|what\s+(?:is|are|does)|difference\s+between|explain)\b",
    re.IGNORECASE,
)
MODIFY = re.compile(
    r"(?:추가|변경|수정|삭제|제거|이동|교체)(?:요|바람|바랍니다)?\s*[.!~]*\s*$|(?:추가|변경|수정|삭제|제거|이동|교체|확대|축소|정렬)\s*(?:해|하|좀|시켜|부탁|필요)|바꿔|바꾸|고쳐|빼\s*줘|빼주|빼고|뺴|없애|지워|옮겨|넓혀|넓게|좁혀|좁게|숨겨|감춰|늘려|줄여|맞춰|넣어|찍어|(?:은|는|을|를)?\s*빼\s*[.!]*\s*$|있어야|원래대로|정렬\s*[.!]*\s*$|필요\s*없|붙여|달아|키워|올려|내려|되돌|합쳐|나눠|잠가|막아|필수로|읽기\s*전용으로|앞으로|뒤로|맨\s*(?:앞|뒤|위|아래)"
    r"|\b(?:add|remove|rename|change|move|hide|drop|delete|replace|resize|widen|narrow|swap|reorder|update|modify|adjust|insert|put|set|make\s+(?:the|it|this|that)|undo|revert|translate|switch|turn|enlarge|shrink|convert|fix)\b",
    re.IGNORECASE,
)
_CHANGES = "바꿔|바꾸어|고쳐|넣어|빼|없애|지워|옮겨|숨겨|감춰|늘려|줄여|붙여|달아|추가해|변경해|수정해|삭제해|제거해"
ORDERED = re.compile(
    rf"(?:{_CHANGES})\s*(?:(?:줘|주라|줄래|주세요)[^가-힣]*$|(?:줄|주실)\s*수\s*(?:있|없))"
    r"|^\s*(?:please\s+|also\s+|(?:can|could|would)\s+you\s+)*(?:rename|remove|hide|move|swap|reorder|widen|narrow)\b",
    re.IGNORECASE,
)
"""Asks for a change, in the form of a question too: `넣어줄 수 있어?`."""
ALTERED = re.compile(r"\bALTER\s+TABLE\s+\w", re.IGNORECASE)
CREATED = re.compile(r"\bCREATE\s+TABLE\b", re.IGNORECASE)
PARTS = re.compile(
    r"합계|목록|컬럼|칼럼|필드|항목|버튼|조건|라벨|레이블|제목|타이틀|너비|폭|순서|색|정렬|글자|글씨|길이|기본값|필수|콤보|체크박스|헤더|포맷|형식|자릿수|문구|메시지|팝업|페이징|그리드|열을|열\s|입력칸|칸을|코드값|위치|(?:확인|알림|경고|안내|메시지)창"
    r"|\b(?:columns?|fields?|buttons?|conditions?|labels?|titles?|widths?|order|colou?rs?|sort|required|optional|default|combo|checkbox|headers?|format|length|filters?|captions?|message|popup|paging|grid|read-?only)\b",
    re.IGNORECASE,
)
POINTING = re.compile(
    r"방금|아까|이전|기존|위\s*화면|그\s*화면|이\s*화면|저\s*화면|해당\s*화면|여기에|여기서|거기|만든\s*(?:거|것|화면)|지금\s*화면|현재\s*화면|만들어\s*(?:준|진)|직전|전에\s*만든|지난번|이거|그거|이걸|그걸"
    r"|\b(?:previous|last|existing|earlier|current|that|this|the)\s+(?:one|screen|page|form|result|grid|list|popup)\b|\byou\s+(?:just\s+)?(?:made|created|generated)\b|\b(?:it|that|this)\b\s*(?:instead|too|again)?",
    re.IGNORECASE,
)
STRONG_POINTING = re.compile(
    r"방금|아까|직전|이전\s*(?:화면|결과)|기존\s*(?:화면|결과)|(?:그|이|저|위|지금|현재|해당)\s*화면(?:에|을|의|은|에서|\s)|만들어\s*(?:준|진)|전에\s*만든|지난번"
    r"|\b(?:previous|last|existing|earlier|current)\s+(?:one|screen|page|form|result)\b|\byou\s+(?:just\s+)?(?:made|created|generated)\b|\b(?:that|this)\s+(?:screen|page|form|grid)\b",
    re.IGNORECASE,
)
INJECTION = re.compile(
    r"시스템\s*프롬프트(?!\s+(?:\S+\s+){0,2}?(?:관리|이력|버전|대장)\s+(?:\S+\s+){0,2}?(?:화면|페이지|목록|팝업|폼))|시스템\s*메시지(?:를)?\s*(?:보여|출력|알려|공개)|(?:이전|위|앞의|기존)\s*(?:지시|명령|지침|규칙|프롬프트)[^.]*(?:무시|잊)|지시(?:를|사항을)?\s*(?:모두\s*)?(?:무시|잊|출력)|지시\s*사항[^.]{0,12}(?:출력|보여|알려)|탈옥|개발자\s*모드|내부\s*(?:지침|프롬프트|규칙)|숨겨진\s*(?:지시|규칙)|프롬프트[^.]{0,8}(?:원문|그대로|보여|출력|알려|공개)|규칙[^.]{0,10}(?:무시하고|잊고)"
    r"|\bsystem\s+prompt\b|\b(?:ignore|disregard|forget)\b[^.]{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|above|previous)\b|\bjailbreak\b|\bdeveloper\s+mode\b|\bhidden\s+(?:instructions?|rules?)\b|\byour\s+(?:\w+\s+)?(?:instructions|rules|guidelines)\b|\breveal\b.{0,30}\bprompt\b|\brepeat\b[^.]{0,20}\b(?:above|prompt|instructions)\b|\b(?:act|behave)\s+as\s+dan\b|\bapi\s+keys?\s+(?:you|are|do)\b",
    re.IGNORECASE,
)
ATTACK = re.compile(
    r"랜섬웨어|악성\s*코드|바이러스(?:를|\s*코드|\s*만)|키로거|해킹|피싱|디도스|ddos|비밀번호(?:를)?\s*(?:훔|탈취|크랙|빼내)|크랙|백도어|주민번호\s*생성기|스팸\s*봇|폭탄|익스플로잇|카드\s*정보(?:를)?\s*(?:훔|탈취|빼)|계정(?:을)?\s*(?:훔|탈취)"
    r"|\bransomware\b|\bmalware\b|\bkeylogger\b|\bphishing\b|\bvirus\b|\bexploit\b|\bbackdoor\b|\bddos\b|\bbotnet\b|\btrojan\b|\bspyware\b|\b(?:steal|crack)s?\b[^.]{0,40}\b(?:password|credential|cookie|card|account|token)|\bbomb\b|\bhack\b|\brootkit\b|\bsql\s+injection\s+(?:attack|tool|payload)|\brm\s+-rf\b",
    re.IGNORECASE,
)
HARM = re.compile(
    r"(?:비밀번호|비번|계정|개인\s*정보|카드\s*(?:번호|정보)|주민\s*(?:등록\s*)?번호|패스워드)[^.\n]{0,12}(?:알아내|수집해서\s*보내|빼돌|빼오|훔|도용|유출하|탈취|뚫)|위장(?:해|한|하는)|사칭(?:해|하는)|몰래\s|(?:리뷰|후기|평점|별점|순위|댓글)\s*(?:를|을)?\s*조작(?!\s*신고)|불법\s*(?:도박|복제|다운|사이트)|마약|총기\s*제작|대포\s*통장|보안\s*(?:을)?\s*(?:우회|뚫)|권한\s*(?:없이|우회)|도청|가짜\s*(?:은행|로그인|쇼핑몰)"
    r"|\bfake\s+(?:\w+\s+)?(?:login|bank|site|page|shop)\b|\b(?:collect|harvest|capture|exfiltrate|sniff)\w*\s+(?:\w+\s+){0,3}(?:passwords?|credentials?|card\s+numbers?)\b|\bimpersonat\w+|\bwithout\s+(?:their|the\s+user'?s?)\s+(?:knowledge|consent)|\bbypass\w*\s+(?:\w+\s+){0,2}(?:security|authentication|login|restrictions?)|\bunrestricted\b|\bwithout\s+(?:any\s+)?restrictions\b|\bmake\s+(?:meth|drugs)\b",
    re.IGNORECASE,
)
GUARDED = re.compile(
    r"사고|신고|탐지|이력|대응|검사|예방|차단|교육|훈련|점검|관리|현황|통계|모니터링|보고|대장|조회"
    r"|\b(?:incidents?|reports?|detect\w*|prevent\w*|awareness|scans?|logs?|history|training|cases?|alerts?|register|tracking)\b",
    re.IGNORECASE,
)
"""What business software does about attacks: a screen for it is served."""
TOPIC = re.compile(
    r"함수|필수값|콤마|자릿수|첫\s*행|그리드|행\s*(?:이|가|추가|삭제|선택)|데이터셋|dataset|콤보|체크박스|체크된|행을|행의|셀|컬럼|이벤트|트랜잭션|transaction|submit|팝업|화면|버튼|스크립트|xml|함수|메서드|속성|컴포넌트|필드|페이징|엑셀|조회|저장|검증|유효성|포커스|달력|캘린더|트리|탭|바인딩|api|콜백|파라미터|프레임워크|프로그램|코드|쿼리|ddl|테이블|마스터|디테일|패턴|입력|선택|이미지|업로드|차트|포틀릿|템플릿|단축키|픽리스트|텍스트|라디오|서버|오류|에러|개발|변수|메시지|알림창|확인창|지원(?:하|되|해|돼|합|됩)|마스킹|암호화|다국어|로딩|정렬|필터|너비|레이아웃|합계|병합|숫자|날짜|포맷|마스크|통신|모델|데이터"
    r"|\b(?:grid|dataset|combo(?:box)?|checkbox|rows?|cells?|columns?|events?|transactions?|popup|screen|button|script|xml|function|method|property|properties|component|field|paging|excel|save|validat\w+|focus|calendar|tree|tab|bind(?:ing)?|api|callback|parameter|framework|code|query|ddl|table|master|detail|pattern|input|select(?:ion)?|upload|chart|template|form|server|error|handler|format|mask|sort|filter|width|layout|data|model|picklist|row|api)(?:s|es)?\b|\b\w*row\b|\b[a-z]+_[a-z_]+(?![A-Za-z0-9])|(?-i:\b[a-z]+[A-Z]\w+)|\w+\(\)",
    re.IGNORECASE,
)
NO_TOPIC = re.compile(
    r"크롤링|크롤러|스크래핑|파이썬\s*(?:스크립트|코드|프로그램)|\b(?:python|bash|shell|node(?:\.?js)?|powershell)\s+(?:script|program|bot|code)\b|\bscrap(?:e|es|ing|er)\b|날씨|점심|저녁|아침\s*(?:뭐|메뉴)|맛집|주식|코인|비트코인|로또|농담|노래|가사|시를|시\s*한\s*편|소설|영화\s*추천|여행지|추천해|운세|축구|야구|연예|대통령|선거|번역해|번역\s*좀|수학\s*문제|방정식|숙제|다이어트|연애|사랑|심심|안녕|반가|고마워|감사합니다$|누구야|누구니|(?:너|네|니|당신|넌|자네)[^.\n]{0,6}이름|^이름이\s*뭐|몇\s*살|배고파|졸려|요리|레시피\s*알려|역사|수도는|계산해|편지|자기소개서|이메일\s*(?:써|작성|초안)|블로그|에세이|게임\s*추천|음악|환율\s*알려|몇\s*시|오늘\s*(?:뭐|며칠|무슨)"
    r"|\b(?:weather|lunch|dinner|breakfast|restaurants?(?!\s+(?:reservations?|menus?|orders?|tables?|lists?|management))|stocks?\s+(?:prices?|market|tips?)|bitcoin|lottery|joke|song|lyrics|poem|novel|movie\s+recommend|horoscope|football|soccer|president|election|translate\s+this|homework|essay|diet|girlfriend|boyfriend|recommend|recipe\s+for|capital\s+of|who\s+are\s+you|how\s+are\s+you|your\s+name|meaning\s+of\s+life|sing|story|haiku|world\s+cup|vacation\s+ideas|trip\s+to|plan\s+(?:a|my|our)\s+(?:trip|vacation|party|wedding)|cover\s+letter|(?:book|order|buy|call)\s+(?:me|us)|book\s+an?\s+(?:flight|hotel|taxi|cab|ticket))\b",
    re.IGNORECASE,
)
WISH = re.compile(
    r"줘|주세요|주라|주십시오|주시|바람|바랍니다|부탁|싶|하자|할래|(?:으로|로)\s*[.!]?\s*$"
    r"|\b(?:please|show|display|also|should|let|use|make|can\s+you)\b",
    re.IGNORECASE,
)
MADE_SO = re.compile(
    r"(?:되게|하게|되도록|하도록|뜨게|나오게|보이게|띄우게|띄우도록|뜨도록|나오도록|보이도록)\s*(?:좀\s*)?(?:해|하|부탁|만들어|[.!~]*$)"
    r"|^\s*(?:please\s+|also\s+|and\s+)*(?:ask|reload|refresh|prompt|confirm|validate|sort|highlight|disable|enable|align|format|round|lock|limit|clear|reset|warn|notify|require)\b",
    re.IGNORECASE,
)
"""`다시 조회되게 해줘`: how what is there shall behave."""
LEFT_OPEN = re.compile(
    r"알아서|아무\s*거나|적당(?:히|한)|괜찮은\s*(?:걸로|거)|대충|\b(?:whatever|anything|something\s+(?:nice|for\s+(?:us|me|our|my))|up\s+to\s+you)\b",
    re.IGNORECASE,
)
"""Leaves it to us what is made."""
COMPARED = re.compile(
    r"(?:뭐가|무엇이|뭣이|어떤\s*점이|어떻게)\s*(?:서로\s*)?(?:다른|다르|틀리|틀린)|차이(?:점)?(?:가|는|은|이)?\s*(?:뭐|뭔|무엇|알려|궁금)"
    r"|(?:어떤|무슨)\s*(?:속성|함수|이벤트|메서드|메소드|컴포넌트|옵션|설정|방법|코드)(?:을|를|으로|로)?\s*\S{0,6}?(?:써|쓰|사용|해야|하면|바꿔|넣)"
)
"""Asks for knowledge, whatever names it holds: `list_popup이랑 list_detail은 뭐가 다른가요`."""
POLITE = re.compile(r"수\s*있|까요|니까|나요|있나|을까|주시나|좋겠|가능")
ASKING = re.compile(
    r"어떻게|어케|어떡|방법|왜|뭐|뭘|무엇|무슨|어디|언제|이유|차이(?!즈)|뭘까|원인[이은]|알려|설명|에서\s|이벤트|속성|함수"
)
"""What asks for knowledge; without it a question about a screen asks for the screen."""
PLEADING = re.compile(r"\?\s*$")
