function screen_on_load()
{
	this.DS_SEARCH.removeallrows();
	this.DS_SEARCH.addrow();
	this.fn_new_detail();
	this.fld_task_id.setfocus();
}

function screen_on_submitcomplete(mapid, result, recv_userheader, recv_code, recv_msg)
{
	if (result != 1) {
		this.screen.alert("처리 중 오류가 발생했습니다." + (recv_msg ? "\n" + recv_msg : ""));
		return;
	}
	switch (mapid) {
	case "TR_SEARCH":
		if (this.DS_DETAIL.getrowcount() == 0) {
			this.screen.alert("조회 결과가 없습니다.");
			this.fn_new_detail();
			break;
		}
		this.fld_form_task_id.setenable(false);
		break;
	case "TR_SAVE":
		this.screen.alert("저장되었습니다.");
		this.fn_search();
		break;
	}
}

function conditions_on_keydown(objInst, keycode, bctrldown, bshiftdown, baltdown, bnumpadkey)
{
	if (keycode == 13) {
		this.fn_search();
	}
	return 0;
}

function btn_search_on_mouseup(objInst)
{
	this.fn_search();
}

function btn_add_on_mouseup(objInst)
{
	this.fn_add();
}

function btn_save_on_mouseup(objInst)
{
	this.fn_save();
}

function fn_search()
{
	this.screen.requestsubmit("TR_SEARCH", true);
}

function fn_add()
{
	this.fn_new_detail();
}

function fn_save()
{
	if (this.DS_DETAIL.getmodifyrowcount() + this.DS_DETAIL.getdeletedrowcount() == 0) {
		this.screen.alert("변경된 내용이 없습니다.");
		return;
	}
	if (!this.fn_validate_detail()) {
		return;
	}
	if (!this.screen.confirm("저장하시겠습니까?")) {
		return;
	}
	this.screen.requestsubmit("TR_SAVE", true);
}

function fn_new_detail()
{
	this.DS_DETAIL.removeallrows();
	this.DS_DETAIL.addrow();
	this.DS_DETAIL.setdatabyname(0, "STATUS", "TODO");
	this.fld_form_task_id.setenable(true);
	this.fld_form_task_id.setfocus();
}

function fn_validate_detail()
{
	for (var row = 0; row < this.DS_DETAIL.getrowcount(); row++) {
		var operation = this.DS_DETAIL.getrowoperation(row);
		if (operation != "I" && operation != "U") {
			continue;
		}
		if (!this.fn_check_text(this.DS_DETAIL.getdatabyname(row, "TASK_ID"), "Task ID은(는)", true, 10)) {
			return false;
		}
		if (!this.fn_check_text(this.DS_DETAIL.getdatabyname(row, "TITLE"), "제목은", true, 100)) {
			return false;
		}
		if (!this.fn_check_text(this.DS_DETAIL.getdatabyname(row, "CONTENT"), "내용은", false, 1000)) {
			return false;
		}
		if (!this.fn_check_text(this.DS_DETAIL.getdatabyname(row, "ASSIGNEE"), "담당자는", false, 30)) {
			return false;
		}
	}
	return true;
}

function fn_check_text(value, label, required, length)
{
	var text = value == null ? "" : String(value);
	if (required && text == "") {
		this.screen.alert(label + " 필수 입력 항목입니다.");
		return false;
	}
	if (length > 0 && text.length > length) {
		this.screen.alert(label + " " + length + "자 이내로 입력하세요.");
		return false;
	}
	return true;
}
