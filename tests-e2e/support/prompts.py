"""The prompts that the main job is shown with, and the files each one has to give."""

PROMPTS = {
    "Task 관리 화면 만들어줘": ["TaskList.xml", "TaskList.js", "task.sql"],
    "사원 목록 조회 화면 만들어줘": ["EmployeeList.xml", "EmployeeList.js", "employee.sql"],
    "고객 등록 팝업이 있는 목록 화면": [
        "CustomerList.xml", "CustomerList.js", "CustomerPopup.xml", "CustomerPopup.js", "customer.sql",
    ],
    "Create a screen for: CREATE TABLE member (id bigint primary key, login_id varchar(50) not null, "
    "nickname varchar(30), birth date, point integer)": ["MemberList.xml", "MemberList.js", "member.sql"],
    "상품 재고를 그리드에서 바로 수정하고 한 번에 저장하는 화면": [
        "ProductStockList.xml", "ProductStockList.js", "product_stock.sql",
    ],
}  # fmt: skip
