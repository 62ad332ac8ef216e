function screen_on_load()
{
	this.DS_SEARCH.removeallrows();
	this.DS_SEARCH.addrow();
	this.fld_title.setfocus();
	this.fn_search();
}

function screen_on_submitcomplete(mapid, result, recv_userheader, recv_code, recv_msg)
{
	if (result != 1) {
		this.screen.alert("처리 중 오류가 발생했습니다." + (recv_msg ? "\n" + recv_msg : ""));
		return;
	}
	switch (mapid) {
	case "TR_SEARCH":
		this.txt_grid_count.settext("총 " + this.DS_LIST.getrowcount() + "건");
		if (this.DS_LIST.getrowcount() == 0) {
			this.screen.alert("조회 결과가 없습니다.");
			break;
		}
		this.grd_list.setselectrow(0);
		this.fld_task_id.setenable(false);
		break;
	case "TR_SAVE":
		this.screen.alert("저장되었습니다.");
		this.DS_LIST.initallrowoperation();
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

function btn_delete_on_mouseup(objInst)
{
	this.fn_delete();
}

function btn_save_on_mouseup(objInst)
{
	this.fn_save();
}

function grd_list_on_itemselchange(objInst, nPrevSelectRow, nPrevSelectColumn, nSelectRow, nSelectColumn)
{
	if (nSelectRow < 0 || nSelectRow == nPrevSelectRow) {
		return;
	}
	this.fld_task_id.setenable(this.DS_LIST.getrowoperation(nSelectRow) == "I");
}

function fn_search()
{
	if (this.DS_LIST.getmodifyrowcount() + this.DS_LIST.getdeletedrowcount() > 0 && !this.screen.confirm("저장하지 않은 내용이 있습니다. 계속하시겠습니까?")) {
		return;
	}
	if (this.DS_SEARCH.getdatabyname(0, "DUE_DATE_TO") != "" && this.DS_SEARCH.getdatabyname(0, "DUE_DATE_FROM") > this.DS_SEARCH.getdatabyname(0, "DUE_DATE_TO")) {
		this.screen.alert("시작일이 종료일보다 늦을 수 없습니다.");
		return;
	}
	this.screen.requestsubmit("TR_SEARCH", true);
}

function fn_add()
{
	var row = this.DS_LIST.addrow();
	this.DS_LIST.setdatabyname(row, "STATUS", "TODO");
	this.grd_list.setselectrow(row);
	this.fld_task_id.setenable(true);
	this.fld_task_id.setfocus();
}

function fn_delete()
{
	if (this.grd_list.getcheckedrowcount() == 0) {
		this.screen.alert("삭제할 행을 선택하세요.");
		return;
	}
	this.grd_list.deletecheckedrow();
}

function fn_save()
{
	if (this.DS_LIST.getmodifyrowcount() + this.DS_LIST.getdeletedrowcount() == 0) {
		this.screen.alert("변경된 내용이 없습니다.");
		return;
	}
	if (!this.fn_validate_list()) {
		return;
	}
	if (!this.screen.confirm("저장하시겠습니까?")) {
		return;
	}
	this.screen.requestsubmit("TR_SAVE", true);
}

function fn_validate_list()
{
	for (var row = 0; row < this.DS_LIST.getrowcount(); row++) {
		var operation = this.DS_LIST.getrowoperation(row);
		if (operation != "I" && operation != "U") {
			continue;
		}
		if (!this.fn_check_text(this.DS_LIST.getdatabyname(row, "TASK_ID"), "Task ID은(는)", true, 10)) {
			this.grd_list.setselectrow(row);
			return false;
		}
		if (!this.fn_check_text(this.DS_LIST.getdatabyname(row, "TITLE"), "제목은", true, 100)) {
			this.grd_list.setselectrow(row);
			return false;
		}
		if (!this.fn_check_text(this.DS_LIST.getdatabyname(row, "CONTENT"), "내용은", false, 1000)) {
			this.grd_list.setselectrow(row);
			return false;
		}
		if (!this.fn_check_text(this.DS_LIST.getdatabyname(row, "ASSIGNEE"), "담당자는", false, 30)) {
			this.grd_list.setselectrow(row);
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
