function screen_on_load()
{
	this.DS_SEARCH.removeallrows();
	this.DS_SEARCH.addrow();
	this.fld_customer_name.setfocus();
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
			this.DS_DETAIL.removeallrows();
			this.screen.alert("조회 결과가 없습니다.");
			break;
		}
		this.grd_list.setselectrow(0);
		break;
	case "TR_DETAIL":
		this.txt_detail_grid_count.settext("총 " + this.DS_DETAIL.getrowcount() + "건");
		if (this.DS_DETAIL.getrowcount() > 0) {
			this.grd_detail.setselectrow(0);
		}
		if (this.select_waits) {
			this.fn_select();
			break;
		}
		break;
	case "TR_SAVE":
		this.screen.alert("저장되었습니다.");
		this.DS_DETAIL.initallrowoperation();
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

function btn_save_on_mouseup(objInst)
{
	this.fn_save();
}

function btn_add_on_mouseup(objInst)
{
	this.fn_add();
}

function btn_delete_on_mouseup(objInst)
{
	this.fn_delete();
}

function grd_list_on_itemselchange(objInst, nPrevSelectRow, nPrevSelectColumn, nSelectRow, nSelectColumn)
{
	if (nSelectRow < 0 || nSelectRow == nPrevSelectRow) {
		return;
	}
	this.fn_select(nSelectRow);
}

function fn_search()
{
	if (this.DS_SEARCH.getdatabyname(0, "ORDER_DATE_TO") != "" && this.DS_SEARCH.getdatabyname(0, "ORDER_DATE_FROM") > this.DS_SEARCH.getdatabyname(0, "ORDER_DATE_TO")) {
		this.screen.alert("시작일이 종료일보다 늦을 수 없습니다.");
		return;
	}
	this.screen.requestsubmit("TR_SEARCH", true);
}

function fn_select(row)
{
	if (row == null) {
		row = this.grd_list.getselectrow();
	}
	if (row < 0) {
		this.screen.alert("행을 선택하세요.");
		return;
	}
	row = this.grd_list.getxdatasetrow(row);
	if (this.DS_LIST.getrowoperation(row) == "I") {
		return;
	}
	if (this.DS_DETAIL.getmodifyrowcount() + this.DS_DETAIL.getdeletedrowcount() > 0 && !this.screen.confirm("저장하지 않은 내용이 있습니다. 계속하시겠습니까?")) {
		return;
	}
	this.DS_KEY.removeallrows();
	this.DS_KEY.addrow();
	this.DS_KEY.setdatabyname(0, "ORDER_NO", this.DS_LIST.getdatabyname(row, "ORDER_NO"));
	this.select_waits = !this.screen.requestsubmit("TR_DETAIL", true);
}

function fn_add()
{
	var row = this.DS_DETAIL.addrow();
	this.DS_DETAIL.setdatabyname(row, "ORDER_NO", this.DS_KEY.getdatabyname(0, "ORDER_NO"));
	this.grd_detail.setitemeditable(row, 1, true);
	this.grd_detail.setselectrow(row);
}

function fn_delete()
{
	if (this.grd_detail.getcheckedrowcount() == 0 && this.grd_detail.getselectrow() >= 0) {
		this.grd_detail.setcheckedrow(this.grd_detail.getselectrow(), true);
	}
	if (this.grd_detail.getcheckedrowcount() == 0) {
		this.screen.alert("삭제할 행을 선택하세요.");
		return;
	}
	this.grd_detail.deletecheckedrow();
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

function fn_validate_detail()
{
	for (var row = 0; row < this.DS_DETAIL.getrowcount(); row++) {
		var operation = this.DS_DETAIL.getrowoperation(row);
		if (operation != "I" && operation != "U") {
			continue;
		}
		if (!this.fn_check_text(this.DS_DETAIL.getdatabyname(row, "ITEM_NO"), "순번은", true, 0)) {
			this.grd_detail.setselectrow(row);
			return false;
		}
		if (!this.fn_check_text(this.DS_DETAIL.getdatabyname(row, "PRODUCT_NAME"), "상품명은", true, 60)) {
			this.grd_detail.setselectrow(row);
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
