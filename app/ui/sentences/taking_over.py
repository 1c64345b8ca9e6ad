"""What is said when the centre's own list of current children is taken over: what is doubtful in it, and what to do."""

SENTENCES: dict[str, str] = {
    "classes_not_agreed": "这些托管班还没有：{names}。请先同意新建，或把表里的班名改成已有的托管班。",
    "opening_service_unknown": "没有“{text}”这项服务，请改成价目表里的服务，或先在价目表里添加",
    "opening_service_guessed": "“{text}”对应多项服务，按“{service}”接收，请核对",
    "opening_service_missing": "有缴费日期或剩余天数，但没有写服务项目",
    "opening_services_none": "没有写服务项目，接收后不在任何服务里",
    "opening_weekdays_unclear": "看不懂星期“{text}”，按周一至周五接收",
    "opening_until_unclear": "看不懂缴至哪一天“{text}”，请写成 2026-12-31 或 2026年12月",
    "opening_until_missing": "没有写已缴至哪一天，按今天到期接收",
    "opening_until_past": "已缴的时间到 {day} 就已结束",
    "opening_until_october": "“{text}”按 {day} 接收；如果是 10 月，请改成 2026年10月 这样",
    "opening_left_unclear": "看不懂剩余数量“{text}”，请只写数字",
    "opening_left_below_zero": "剩余数量是负数“{text}”，请核对",
    "opening_money_unclear": "看不懂金额“{text}”，请写成 欠300 或 余120.50",
    "opening_money_sign": "“{text}”的正负号与文字不一致，请核对",
    "opening_debt_and_credit": "同时有欠费和结余，分两笔记入收费流水，请核对",
    "family_unknown": "这个家庭不是从期初名单接收的，没有期初核对单。",
    "guardian_named_by_child": "只有家长电话，没有姓名，暂按孩子的姓名称呼",
}
