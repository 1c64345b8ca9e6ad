"""What is said about application forms on paper and as PDF: what happened, and what to do."""

SENTENCES = {
    "form_is_no_paper": "这是空白报名表 {number} 的码，不是单据。请在“报名登记”里录入这张表。",
}
