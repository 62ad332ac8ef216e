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
		break;
	case "TR_DELETE":
		this.screen.alert("삭제되었습니다.");
		this.DS_LIST.initallrowoperation();
		this.fn_search();
		break;
	}
}

function screen_on_popupdestroy(popup_screen, popup_name, result)
{
	if (result == "SAVED") {
		this.fn_search();
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

function grd_list_on_itemdblclick(objInst, nDblClickRow, nDblClickColumn, bBtnClick, nImgIndex, strImgUrl)
{
	if (nDblClickRow < 0) {
		return;
	}
	this.fn_edit(nDblClickRow);
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
	this.fn_open_task_popup(null);
}

function fn_edit(row)
{
	if (row == null) {
		row = this.grd_list.getselectrow();
	}
	if (row < 0) {
		this.screen.alert("행을 선택하세요.");
		return;
	}
	row = this.grd_list.getxdatasetrow(row);
	this.fn_open_task_popup({ TASK_ID: this.DS_LIST.getdatabyname(row, "TASK_ID") });
}

function fn_delete()
{
	if (this.grd_list.getcheckedrowcount() == 0) {
		this.screen.alert("삭제할 행을 선택하세요.");
		return;
	}
	if (!this.screen.confirm("삭제하시겠습니까?")) {
		return;
	}
	this.grd_list.deletecheckedrow();
	if (this.DS_LIST.getdeletedrowcount() > 0) {
		this.screen.requestsubmit("TR_DELETE", true);
	}
}

function fn_open_task_popup(key)
{
	this.screen.loadportletpopup("POP_TASK", "/TASK/TaskPopup", "Task 등록/수정", false, 1, 0, 0, 440, 380, true, false, false, key);
}
