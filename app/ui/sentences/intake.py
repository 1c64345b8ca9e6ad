"""What is said about the import of form exports: what is wrong with a file, a column or a row, and what to do."""

SENTENCES: dict[str, str] = {
    # the file
    "file_not_found": "打不开“{name}”。请确认文件还在原处，并且没有被别的程序占用。",
    "file_too_big": "这个文件太大，超过了 {megabytes} MB 或解开后过大。请只导出报名表再试。",
    "file_empty": "这个文件是空的。请重新导出再试。",
    "file_encrypted": "这个文件设有密码。请在 Excel 或 WPS 里取消密码、另存一份再试。",
    "file_is_no_table": "这不是表格文件。请从报名平台导出 .xlsx 或 .csv 再试。",
    "file_unreadable": "这个文件已损坏或格式不对，读不出来。请重新导出，或用 Excel、WPS 打开后另存为 .xlsx 再试。",
    "too_many_import_rows": "表格超过 {most} 行，一次读不了。请分成几个文件再试。",
    "too_many_import_columns": "表格超过 {most} 列，不像报名表。请删去多余的列再试。",
    "import_header_missing": "没有找到表头（姓名、性别、家长电话等）。请确认第一个工作表是报名表。",
    "day_invalid": "“{text}”不是有效的日期，请写成 2026-09-12 这样。",
    # columns and rows
    "import_columns_wrong": "有两列选成了同一项，或选了不认识的项。请改正列的对应再试。",
    "rows_have_errors": "第 {row} 行还有错误，没有导入任何一行。请先改正或不选这一行。",
    "nothing_to_import": "没有可以导入的行：其余的行有错误，或已经报过名。没有写入任何内容。",
    "nothing_to_save": "没有需要保存的行。",
    "grade_unclear": "看不懂年级“{text}”，请核对后选择",
    "start_date_unclear": "看不懂开始日期“{text}”，已记在报名意向里，请核对",
}
