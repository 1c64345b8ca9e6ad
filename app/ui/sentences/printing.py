"""Sentences for what a printer refuses."""

SENTENCES = {
    "printer_failed": "打印机 {printer} 没有接受这份单据。请看看它是否开着、有没有纸，再打一次。",
}
