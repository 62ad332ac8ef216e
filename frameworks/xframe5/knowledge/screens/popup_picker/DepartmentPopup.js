function screen_on_load()
{
	this.DS_SEARCH.removeallrows();
	this.DS_SEARCH.addrow();
	this.fld_dept_name.setfocus();
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

function btn_choose_on_mouseup(objInst)
{
	this.fn_choose();
}

function btn_close_on_mouseup(objInst)
{
	this.fn_close();
}

function grd_list_on_itemdblclick(objInst, nDblClickRow, nDblClickColumn, bBtnClick, nImgIndex, strImgUrl)
{
	if (nDblClickRow < 0) {
		return;
	}
	this.fn_choose(nDblClickRow);
}

function fn_search()
{
	this.screen.requestsubmit("TR_SEARCH", true);
}

function fn_choose(row)
{
	if (row == null) {
		row = this.grd_list.getselectrow();
	}
	if (row < 0) {
		this.screen.alert("행을 선택하세요.");
		return;
	}
	row = this.grd_list.getxdatasetrow(row);
	this.DS_CHOSEN.removeallrows();
	this.DS_CHOSEN.addrow();
	this.DS_CHOSEN.setdatabyname(0, "DEPT_CODE", this.DS_LIST.getdatabyname(row, "DEPT_CODE"));
	this.DS_CHOSEN.setdatabyname(0, "DEPT_NAME", this.DS_LIST.getdatabyname(row, "DEPT_NAME"));
	this.DS_CHOSEN.setdatabyname(0, "MANAGER", this.DS_LIST.getdatabyname(row, "MANAGER"));
	this.screen.unloadpopup({
		DEPT_CODE: this.DS_CHOSEN.getdatabyname(0, "DEPT_CODE"),
		DEPT_NAME: this.DS_CHOSEN.getdatabyname(0, "DEPT_NAME"),
		MANAGER: this.DS_CHOSEN.getdatabyname(0, "MANAGER")
	});
}

function fn_close()
{
	this.screen.unloadpopup("");
}
