"""What is said about passwords, keys, the data folder, checks and backups: what happened, and what to do."""

SENTENCES = {
    "no_right": "您没有做这一步的权限，请找负责人开通，或请有权限的同事来做。",
    "not_signed_in": "这个账号已停用，请用自己的账号重新登录。",
    "wrong_password": "用户或密码不对，请再输一次；注意大写锁定和输入法。",
    "locked_out": "输错次数太多，请等 {seconds} 秒再试。忘了密码请找负责人重设，负责人可用恢复密钥。",
    "wrong_recovery_key": "这把恢复密钥打不开这里的数据，请核对是不是这家中心最新的那一张。",
    "recovery_key_letter": "恢复密钥里没有“{letter}”这个字符，请只输入纸上的字母和数字。",
    "recovery_key_length": "恢复密钥共 {needed} 位，现在是 {given} 位，请对照纸上补齐。",
    "recovery_key_group": "恢复密钥第 {group} 组有误，请对照纸上重输这一组。",
    "password_short": "密码至少 {least} 位，请加长；几个词连起来既长又好记。",
    "password_only_digits": "全是数字的密码至少 12 位，请加上字母或加长。",
    "keys_damaged": "密钥文件 {name} 已损坏，无法登录。请在登录窗口选“恢复备份”，数据本身还在。",
    "keys_of_other_data": "密钥文件不属于这里的数据。请恢复最近的备份，并联系技术支持。",
    "sign_in_file_damaged": "登录记录文件读不出来，程序会重新建立，不影响数据。",
    "recovery_key_not_replaced": "上次换恢复密钥没有换成，打开数据的仍是以前那张纸。请在“设置”的“安全”里再换一把。",
    "user_without_slot": "用户 {login} 没有可用的密码，无法登录。请在“用户与权限”里给他设一个新密码。",
    "slot_without_user": "密钥文件里还留着 {login} 的位置，但没有这个在用的用户；他登录不了，不必处理。",
    "folder_in_use": "数据文件夹已经打开，请先退出正在使用的窗口。",
    "folder_not_empty": "{folder} 里已经有一份数据，请直接登录，或另选一个空文件夹。",
    "network_folder": "{folder} 在网络上，断网或两处同时写会毁掉数据。请选这台电脑自己的硬盘。",
    "pointer_missing": "数据文件夹里缺少 {name}。启动一次程序就会自动补上，再重新检查。",
    "pointer_damaged": "数据文件夹里的 {name} 读不出来，不知道该用哪一份数据。请在登录窗口选“恢复备份”。",
    "data_file_missing": "数据文件 {name} 不见了。请不要再往这里存东西，在登录窗口选“恢复备份”。",
    "tables_changed": "{name} 的表与程序建立的不同（如 {table}）。请停止使用，恢复最近的备份。",
    "secret_missing": "数据里用来核对操作日志的密钥不见了。请停止使用，恢复最近的备份，并联系技术支持。",
    "check_stopped": "检查时遇到没有料到的损坏（{kind}），没有查完。请恢复最近的备份，并联系技术支持。",
    "data_file_damaged": "数据文件 {name} 已损坏，打不开。请在登录窗口选“恢复备份”。",
    "newer_program_needed": (
        "这份数据由更新的程序保存（第 {schema} 版，本程序只认到第 {known} 版）。请先升级程序，数据没有改动。"
    ),
    "upgrade_failed": "升级到第 {schema} 版数据时出错，已保留原来的数据，没有改动。请联系技术支持。",
    "sqlite_too_old": "程序自带的数据库组件太旧（{version}），可能损坏数据，已停止打开。请重新安装程序。",
    "disk_full": "硬盘满了，只剩 {free_mb} MB，这一步没有保存。请清理出空间后再做一次；查询不受影响。",
    "disk_error": "读写硬盘出错，刚才这一步可能没有保存。请先查一下再重做；如果反复出现，请立即备份到另一块盘。",
    "database_busy": "数据正忙，这一步没有保存。请过几秒再做一次。",
    "disk_low": "硬盘只剩 {free_mb} MB，请尽快清理，满了就存不了。",
    "files_large": "存档单据已有 {gigabytes} GB，请联系技术支持安排分存。",
    "pages_damaged": "{name} 有 {count} 处损坏。请停止使用，恢复最近的备份。",
    "structure_damaged": "{name} 的内部结构有 {count} 处不对。请停止使用，恢复最近的备份。",
    "references_broken": "{name} 里有 {count} 条记录缺了它所指的记录（{table}）。请恢复最近的备份，或联系技术支持。",
    "guards_changed": "{name} 的防改保护被动过，可能有人绕开程序改了数据。请恢复备份，并核对收据。",
    "log_row_missing": "操作日志第 {seq} 条不见了，有记录被删除。请恢复备份，并与纸质收据核对。",
    "log_row_changed": "操作日志第 {seq} 条被改过。请恢复备份，并与纸质收据核对。",
    "log_value_changed": "操作日志有 {count} 条前后值被改过（第一条是第 {seq} 条）。请恢复备份，并联系技术支持。",
    "log_end_missing": "最近保存的记录丢了：日志应至少到第 {seq} 条。请先核对最近的收据，再恢复备份或补记。",
    "log_other_history": "数据被换成了另一份：日志第 {seq} 条与当时记下的不符。请先核对最近的收据，再恢复备份。",
    "anchor_missing": (
        "数据外的日志记号（anchor.log）不见了，无法判断最近的记录是否完整。请核对最近的收据，再做一次备份。"
    ),
    "anchor_false": "数据外的日志记号（anchor.log）被改过。请核对最近的收据，并联系技术支持。",
    "balance_differs": "有 {count} 名学员的结余与流水合计不符（如 {number}）。请恢复备份，或联系技术支持。",
    "receipt_gap": "{year} 年的收据号缺了 {missing} 个。请恢复备份，并与纸质存根核对。",
    "receipt_counter_differs": "{year} 年的收据计数是 {counter}，最后一张却是 {last} 号。请恢复备份，并联系技术支持。",
    "receipts_skipped": (
        "{year} 年第 {first} 至 {last} 号收据是恢复备份以前开出的，现在没有记录，号码不再使用。请对照纸质收据补记。"
    ),
    "receipt_differs": (
        "有 {count} 张收据与操作日志或流水不符（如 {number}）。请与纸质收据核对，恢复备份，并联系技术支持。"
    ),
    "receipt_paper_differs": (
        "有 {count} 张收据与它存档的单据对不上（如 {number}）。请与纸质收据核对，恢复备份，并联系技术支持。"
    ),
    "reversal_differs": (
        "流水里有 {count} 条冲销与它所冲销的那一条对不上（第一条是第 {row} 条）。请恢复备份，并联系技术支持。"
    ),
    "settlement_reversal_differs": (
        "收据抵扣应收的记录里有 {count} 条撤回与原来的对不上（第一条是第 {row} 条）。请恢复备份，并联系技术支持。"
    ),
    "void_incomplete": (
        "有 {count} 张收据的作废与冲销不一致（如 {number}）。请与纸质收据核对，恢复备份，并联系技术支持。"
    ),
    "receipt_overspent": (
        "有 {count} 张收据抵扣的应收与它收到的钱不符（如 {number}）。请与纸质收据核对，恢复备份，并联系技术支持。"
    ),
    "charge_overpaid": (
        "流水里有 {count} 条应收被抵扣的钱与它的金额不符（第一条是第 {row} 条）。请恢复备份，并联系技术支持。"
    ),
    "notes_missing": "有 {count} 条备注不见了（{table}），却没有删除的记录。请恢复备份，并联系技术支持。",
    "stored_file_missing": (
        "有 {count} 份存档单据找不到了（如 {name}）。请恢复备份；在此之前不要重画，旧单据以纸质为准。"
    ),
    "stored_file_changed": "有 {count} 份存档单据的内容与当时打印的不同（如 {name}）。请恢复备份，旧单据以纸质为准。",
    "stored_file_orphans": "有 {count} 份存档没有单据用到，不影响使用，不必处理。",
    "check_failed": "检查数据时中断了，没有完成。请关闭别的程序，下次登录会再检查。",
    "backup_missing": "还没有备份。请现在做一份，最好再存一份到 U 盘。",
    "backup_old": "最近的备份已有 {days} 天（{made_at}）。请现在做一份。",
    "backup_from_the_future": (
        "备份 {name} 的时间（{made_at}）还没有到，当时电脑的钟不对。请核对电脑的日期和时间，再做一份备份。"
    ),
    "backup_unsound": "最近的备份 {name} 没有通过核对。请现在重新备份，旧的不要删除。",
    "backup_damaged": "备份文件 {name} 已损坏，请换一份。",
    "backup_false": "备份文件 {name} 不是这家中心的，或被改过，请换一份。",
    "backup_differs": "备份 {name} 的内容与它自己的清单不符，请换一份。",
    "backup_check_failed": "核对备份 {name} 时中断了，没有完成。请关闭别的程序再做一次。",
    "backup_cancelled": "备份已取消，没有留下新的文件。",
    "other_centre": "这份备份与当前数据不是同一家中心的，没有改动任何东西。请换一份，或先另选一个空的数据文件夹。",
    "second_missing": "备份已做好，但第二个备份位置没找到（U 盘没插？）。请插上后再备份一次。",
    "second_failed": "备份已做好，但没能存到第二个位置。请检查那块盘的空间后再备份一次。",
}
