"""What is said about application forms on paper and as PDF: what happened, and what to do."""

SENTENCES = {
    "form_is_no_paper": "这是空白报名表 {number} 的码，不是单据。请在“报名表”里按“录入收回的报名表”。",
    "form_file_gone": "这个文件读不到：可能被移走、改名，或正被别的程序占用。请查看后再试。",
    "form_file_too_big": "这个文件超过 {megabytes} MB，不是我们的报名表。请让家长把原来那份表填好再发来。",
    "form_file_no_pdf": "这个文件不是 PDF。请选择家长填好的 PDF 报名表。",
    "form_file_damaged": "这个 PDF 打不开：文件不完整或已损坏。请让家长重新发一次。",
    "form_file_locked": "这个 PDF 加了密码，读不出内容。请让家长去掉密码再发来。",
    "form_file_xfa": "这个 PDF 是另一种电子表单（XFA），读不出内容。请让家长填写我们发出的报名表。",
    "form_file_without_fields": "这个 PDF 里没有栏目：多半是打印、扫描或另存出来的。请照着它录入，或让家长发原来那份。",
    "form_file_of_others": "这个 PDF 不是我们的报名表。请选择从本程序发出的那份表。",
    "form_file_not_filled": "这份报名表还是空白的。请让家长填好、保存后再发来。",
    "no_forms_found": "这里没有 PDF 文件。请选择家长填好的报名表，或放着它们的文件夹。",
    "too_many_forms": "一次最多读 {most} 份报名表。请分成几次。",
}
