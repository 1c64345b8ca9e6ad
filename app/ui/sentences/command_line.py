"""Sentences for what the command line refuses."""

SENTENCES = {
    "argument_unknown": "不认识“{text}”。用 --help 看可以用哪些参数。",
    "argument_missing": "缺少参数 {name}。用 --help 看用法。",
    "argument_without_value": "参数 {name} 后面缺少内容。用 --help 看用法。",
    "argument_no_number": "参数 {name} 要写整数，不能是“{text}”。",
    "argument_wrong": "参数 {name} 不对（{text}）。用 --help 看用法。",
    "command_unknown": "没有“{text}”这个命令。可用的命令是 sample、check、tour、import、take-over。",
    "students_out_of_range": "练习学员的人数要在 1 到 {most} 之间。",
    "folder_missing": "{folder} 里没有数据。请用 --data 指明数据文件夹，或先启动一次程序建立数据。",
    "folder_busy": "{folder} 正在使用。请先退出打开着它的程序，再试一次。",
    "folder_is_file": "{folder} 是一个文件，不是文件夹。请选一个文件夹。",
    "folder_not_writable": "{folder} 不能写入。请检查文件夹的权限。",
    "user_missing": "请用 --user 指明登录名。",
    "password_missing": "没有密码。请在终端里运行，或把密码放进环境变量 {variable}。",
    "tour_folder_not_empty": "{folder} 里已经有文件。请另选一个空文件夹来放画面和单据。",
}
