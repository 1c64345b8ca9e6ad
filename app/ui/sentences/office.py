"""What is said about settings, users and classes: what happened, and what to do."""

SENTENCES = {
    "unknown_setting": "没有“{name}”这项设置，没有保存。请重新打开设置再试，还不行就联系技术支持。",
    "bad_setting": "这项设置的值“{value}”不在允许范围内，没有保存。请改好再保存。",
    "logo_too_big": "图片太大，请选不超过 {megabytes} MB 的。",
    "centre_name_missing": "请填写中心名称，收据和确认单上都要用。",
    "class_name_missing": "请填写托管班的名称。",
    "class_name_taken": "已经有“{name}”这个托管班，请换一个名称。",
    "bad_capacity": "名额不能是负数；填 0 表示不限。",
    "unknown_class": "这个托管班已经不在了，请刷新后再试。",
    "unknown_user": "没有这个用户，或已停用。请刷新后再试，或换一个账号。",
    "login_missing": "请填写登录名。",
    "name_missing": "请填写姓名。",
    "login_taken": "登录名“{login}”已经有人用了，请换一个。",
    "last_manager": "至少要有一位在用的用户能管理用户，否则再也没有人能改。请先给另一位这项权限。",
    "own_account": "不能停用自己正在用的账号，请让另一位负责人来做。",
    "user_not_active": "{name} 的账号已停用，请先启用再设密码。",
    "unknown_role": "没有“{role}”这个角色，没有保存。",
    "unknown_right": "没有“{right}”这项权限，没有保存。",
}
