"""What is said about signatures on the screen, scans of signed sheets, and proofs: what happened, and what to do."""

SENTENCES: dict[str, str] = {
    # on the screen
    "screen_signature_off": "本中心没有开启屏幕签字。请打印确认单，在纸上签字。",
    "sheet_out_of_date": "{number} 生成以后资料又改过。请先生成新的确认单，再请家长签字。",
    "sheet_without_places": "{number} 是旧版程序生成的，没有屏幕签字的位置。请打印出来，在纸上签字。",
    "shown_differs": "刚才显示的不是 {number} 的原件，没有保存签字。请关闭后重新打开，再请家长签一次。",
    "place_not_signed": "还有一处没有签字。请把每一处都签完再保存。",
    "signature_empty": "还没有写下签字。请家长在框里签上姓名。",
    "signature_unusable": "签字的笔迹太长或不完整，没有保存。请清空后重签一次。",
    # scans
    "attachment_too_big": "这个文件超过 {megabytes} MB。请降低扫描的清晰度，或分成几个文件再试。",
    "picture_heic": "这是手机的 HEIC 照片，读不出来。请在手机里改存为 JPEG，或用微信发送后另存，再试。",
    "picture_kind": "这不是图片，也不是 PDF。请选 JPEG、PNG 或 PDF 文件。",
    "picture_too_large": "这张图片超过 {megapixels} 百万像素。请降低扫描的清晰度再试。",
    "picture_unusable": "这张图片已损坏，读不出来。请重新扫描或拍照再试。",
    "pdf_unusable": "这个 PDF 打不开：可能已损坏，或设有密码。它仍按原样保存。",
    "pdf_too_long": "这个 PDF 超过 {most} 页，不能在这里查看。它仍按原样保存。",
    "scan_there_already": "这个扫描件已经附在 {number} 上了，不用再附一次。",
    "scan_unknown": "没有找到这个扫描件，可能已被取下。请刷新后再看。",
    "scan_damaged": "{number} 的扫描件读不出来，或与存档时不一致。请告诉负责人，从备份恢复。",
    # proofs
    "paper_log_differs": "{number} 的内容与操作日志里记的不一致。请告诉负责人，从备份恢复。",
    "paper_log_broken": "操作日志里 {number} 的记录被改动过。请告诉负责人，检查数据。",
}
