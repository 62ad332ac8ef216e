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

function btn_export_on_mouseup(objInst)
{
	this.fn_export();
}

function fn_search()
{
	if (this.DS_SEARCH.getdatabyname(0, "DUE_DATE_TO") != "" && this.DS_SEARCH.getdatabyname(0, "DUE_DATE_FROM") > this.DS_SEARCH.getdatabyname(0, "DUE_DATE_TO")) {
		this.screen.alert("시작일이 종료일보다 늦을 수 없습니다.");
		return;
	}
	this.screen.requestsubmit("TR_SEARCH", true);
}

function fn_export()
{
	this.grd_list.saveexcelex("Task 관리.xlsx", true, true, true, true, 1, false);
}
