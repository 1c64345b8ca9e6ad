"""What is said about consents: why the health section is closed, answers that cannot be taken, wordings."""

SENTENCES: dict[str, str] = {
    # why health is closed
    "no_right_to_see_health": "没有查看健康信息的权限",
    "consent_not_asked": "还没有问家长是否同意处理孩子的信息，健康资料先不开放。请先问家长，再记下答复。",
    "consent_refused": "家长不同意或已撤回同意，健康资料已关闭。家长重新同意后，请在同意事项里记下答复。",
    "consent_paper_missing": "口头同意后没有按时签字，健康资料已关闭。请打印确认单，请家长签字后标记“已签字”。",
    "health_closed": "健康资料没有开放，不能改回。请先请家长同意并签字。",
    # answers
    "consent_not_given": "现在没有同意，不用撤回。",
    "consent_given_already": "家长在 {date} 已经同意过这个版本，不用再记。",
    "consent_by_missing": "请填写是谁答复的，以及和孩子的关系",
    "consent_date_future": "{date} 还没到，请填家长答复的那一天。",
    "unknown_consent": "没有这种同意（{kind}）。请刷新后再试。",
    # wordings
    "unknown_wording": "没有这段文本（{name}）。请刷新后再试。",
    "wording_title_missing": "请填写标题。",
    "wording_missing": "请填写正文。",
    "wording_too_long": "文字太长：正文最多 {most} 个字（现在 {length} 个），标题最多 {title} 个字，请缩短。",
    "wording_gap_unknown": "不认识 {gap}。花括号里只能写列出的那几种，其他地方请不要用花括号。",
    "wording_gap_missing": "正文里要有 {gap}，打印时程序在这里填上内容。",
    "wording_unprintable": "这些字符打印不出来：{signs}。请换成别的写法。",
    "wording_changed_meanwhile": "{who} 刚刚保存了第 {version} 版。请关闭后重新打开，在新的版本上修改。",
    "wording_unchanged": "和现在的版本一样，没有保存。",
}
