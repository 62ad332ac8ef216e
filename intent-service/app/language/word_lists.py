"""Lists of words that the rules look up: particles, function nouns, and words that name no subject."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


WORDS_WITH_PARTICLE_ENDING = words(
    """
    회의 거래처 사용자 근로 도로 경로 진로 통로 회로 창고 사고 광고 재고 공고 신고 보고 원고 피고 중고 결과 효과 성과 학과 진료과 과 평가 국가 휴가 물가 단가 원가 정가 판매가 허가 인가 전문가 작가
    증가 추가 시가 고가 저가 매입가 공급가 인허가 연가 병가 여가 사이 나이 높이 길이 깊이 넓이 아이 어린이 이 종이 놀이 가이 사원 조도 온도 습도 년도 연도 지도 속도 강도 밀도 농도 정도 제도 보도 수도
    차도 철도 용도 태도 각도 한도 진도 난이도 만족도 심각도 중요도 완성도 별도 배송지도 도 가 의 은 자전거 메모 동의 문의 강의 논의 심의 협의 결의 건의 주의 정의 예의 상의 질의 유의 편의 합의 신용
    비용 사용 이용 적용 내용 고용 복용 채용 허용 활용 작용 전용 차용 겸용 운용 인용 임용 포용 공용 상용 실용 과제나 하나 언제나 제로 바이러스 은행 매출이 전표 급여 로 이슈 와인 과일 는 만 라면 이메일
    가로 세로 서로 새로 바로 별로 따로 주로 피로 날로 원료 의료 자료 무료 유료 연료 재료 음료 완료 종료 입력란 사랑 명랑 자랑 노랑 파랑 두들 아들
    로그인 체크인 온라인 오프라인 디자인 도메인 코인 확인 승인 원인 할인 본인 개인 법인 공인 주인 노인 군인 대리인 수취인 수령인 발신인 수신인 의뢰인 보증인 임대인 임차인 민원인 추천인 책임인 상속인 양도인 양수인 매도인 매수인
    """
)
"""Words that only look as if they ended in a particle."""
FUNCTION_NOUNS = words(
    """
    명단 명부 현황표 내역 이력 출력 순위 통계 모니터링 신청서 양식 신청폼
    화면 페이지 폼 팝업 팝업창 팝업화면 창 그리드 목록 리스트 조회 검색 등록 수정 삭제 저장 관리 현황 상세 입력 편집 표 모달 ui crud 보기 뷰 기능 화면을 관리화면 목록화면 조회화면 등록화면 상세화면
    입력폼 등록폼 목록조회 현황판 일지 장부 대시보드 추가 일괄저장 다건저장 일괄 저장화면 데이터 정보 웹화면 화면들 레이아웃 다이얼로그 등록창 조회창 검색창 그리드화면 선택 찾기 작성
    """
)
"""What a screen is or does: no subject of its own."""
STOP_KOREAN = words(
    """
    일별 월별 연별 년별 이고 이며 첨부 첨부한 첨부된 그 이 저 좀 하나 새 새로 새로운 간단한 간단하게 간단히 예쁜 빨리 빠르게 제발 그냥 우리 우리의 나 내 제 저희 회사 안녕하세요 안녕 혹시 다음 아래 위 같은 이런 그런 어떤 수 것 거 게 걸 건 때 등
    및 그리고 또는 있는 없는 있고 바로 한 번 번에 한번에 한꺼번에 여러 모두 전체 모든 각 각각 만들어줘 만들어 만들기 만든 생성해줘 생성 생성해 필요 필요해 필요해요 필요합니다 짜줘 부탁 부탁해 부탁해요
    부탁드립니다 부탁드려요 해줘 해주세요 주세요 줘 개발 개발해줘 구현 구현해줘 작성 작성해줘 작성해주세요 원해 원해요 싶어 싶어요 싶습니다 클릭 클릭하면 선택 선택하면 누르면 열리는 뜨는 나오는 보이는 보여주는
    볼 할 하는 되는 되게 가능한 가능하게 위한 대한 관련 관한 통해 이용 이용한 사용 기본 기본적인 표준 일반 자동 오른쪽 왼쪽 상단 하단 위쪽 아래쪽 행 열 행을 버튼 조건 조회조건 검색조건 엑셀 다운로드
    업로드 페이징 신규 컬럼 칼럼 필드 항목 아래쪽에 코드 소스 xml js 프레임워크 웹 모바일 업무용 사내 직접 편하게 쉽게 해당 별 별로 형태 방식 구조 스타일 팝업으로 그리드로 마스터 디테일 마스터디테일
    헤더 라인 급해요 급함 테이블 조회용 관리용 입력용 등록용 수정용 샘플 예제 예시 요 please pls a an the 아무 아무거나 아무거 테스트 테스트용 멋진 좋은 샘플 샘플용 괜찮은 깔끔한 심플한 데모
    그거 그걸 저걸 이걸 이걸로 이거 저거 요거 그것 이것 저것 자주 매번 항상 수시로 각자
    임시 연습용 무난한 들어갈 들어가는 쓸 쓰일 제일 가장 최신 깨끗한 적당한 오늘 이번 달 이번달 지난 지난달 올해 매월 매일 빈 처음 최대한 뭐든 뭐라도 무엇이든 암거나 하나만 하나라도 뭔가 아무튼 어떤거 아무런 급하게 얼른 대충 일단 우선 걍 그럴싸한 적당히 생긴 깔끔하게 심플하게 쓸만한 돌아가는 내부 내부용 외부 프로토타입 시안 초안 견본 목업 스케치 시연 시연용 발표 발표용 공통 공용 반응형 트렌디한 모던한 세련된 메인 서브 첫 두번째 큰 작은 넓은 복잡한 단순한
    프로그램 프로토 팀장님 부장님 과장님 대표님 사장님 상사 띄우는 띄울 저번 지난번 무슨 어떠한 아무거든 동적인 정적인 순수 보통 흔한 평범한 전형적인 사용성 고급 초간단
    """
)
"""Korean words that name no subject."""
STOP_ENGLISH = words(
    """
    a an the i we you me my our us need want would like to please make create build generate design write develop
    implement give get can could should new simple basic quick screen page form view popup dialog list grid table crud
    ui for of with that which where and or in on at by from it its is are be all so one this these those then shows show
    showing display displays displaying let lets users user's user can't save saving saves edit edits editing editable
    add adding update updating delete deleting remove search searching searchable select selecting choose choosing pick
    picking picker register registration registering management manage managing manager maintain maintaining maintenance
    browse viewing inquiry inquire lookup read-only readonly master detail details data entry input web app application
    module thing something some any just only inline once batch bulk popups window modal filter filters there using use
    sql following framework code react java javascript xml quickly asap hi hello hey thanks thank let's inside open
    opens when click clicking clicked row rows double each below above next beside side bottom top left right directly
    modal looking sample demo test sort sorting condition conditions criteria button buttons feature features kind nice good
    great cool beautiful fancy new page's paging pagination stuff whatever anything everything somewhere kind sort somehow working fancy neat decent admin box bar textbox staff prototype mockup mock template demo draft dummy placeholder generic standard default
    blank empty main first internal external boss tool interface layout frontend application
    program more another extra plain regular usual typical ordinary responsive mobile start
    landing public private test-purpose sort-of
    """
)
"""English words that name no subject."""
HEADS_ENGLISH = words(
    """
    screen page form view popup dialog list grid table crud ui management maintenance registration picker inquiry editor
    lookup module entry search
    """
)
"""English words for a screen, behind their subject."""
LEADS_ENGLISH = words(
    """
    for of manage managing manages maintain register registering edit editing browse list lists search searching view
    viewing add enter entering record recording track tracking log logging capture capturing all show shows showing display displaying
    """
)
"""English words that a subject follows."""
