"""What the outline calls things, in the language of the document it shows."""

VI = {
    "tasks": "NHIỆM VỤ", "table_tasks": "BẢNG NHIỆM VỤ", "implementation": "TỔ CHỨC THỰC HIỆN", "lists": "ĐỊNH HƯỚNG",
    "deadlines": "MỐC THỜI GIAN NGOÀI NHIỆM VỤ", "citations": "VĂN BẢN DẪN CHIẾU", "problems": "CẦN XEM LẠI",
    "lead": "chủ trì", "support": "phối hợp", "signer": "người ký", "byline": "tác giả", "theme": "chủ đề",
    "before": "trước {end}", "by": "chậm nhất {end}", "from": "từ {start}", "target": "mục tiêu đến {end}",
    "span": "từ {start} đến {end}", "on": "ngày {end}", "optional": "nếu có", "none": "không có nhiệm vụ nào",
    "carried": "do {tasks} thực hiện", "product": "sản phẩm", "event-window": "thời gian diễn ra {event}",
    "date-blank": "Ngày ban hành để trống.", "number-blank": "Số văn bản để trống.", "empty": "Văn bản trống.",
    "no-task": "Không tìm thấy nhiệm vụ nào.",
    "direction-without-task": "Không có nhiệm vụ nào thực hiện định hướng này.",
    "date-impossible": "Lịch không có ngày này.", "window-reversed": "Khoảng thời gian này kết thúc trước khi bắt đầu.",
    "year-missing": "Không rõ năm của ngày này: văn bản không ghi năm và không có ngày ban hành.",
    "date-outside-phase": "Ngày này nằm ngoài khoảng thời gian của mục bên trên.",
    "label-repeated": "Số thứ tự này bị lặp lại.", "label-missing": "Trước số thứ tự này thiếu một số.",
    "table-differs": "Phần lời của văn bản ghi ngày khác cho việc này.",
    "lookalike-repaired": "Ký hiệu có chữ cái Cyrillic, đã đọc thành chữ Latinh.",
}  # fmt: skip
EN = {
    "tasks": "TASKS", "table_tasks": "TASK TABLE", "implementation": "IMPLEMENTATION", "lists": "DIRECTIONS",
    "deadlines": "DATES OUTSIDE TASKS", "citations": "CITED DOCUMENTS", "problems": "TO LOOK AT",
    "lead": "lead", "support": "support", "signer": "signed by", "byline": "author", "theme": "theme",
    "before": "before {end}", "by": "by {end}", "from": "from {start}", "target": "target {end}",
    "span": "{start} to {end}", "on": "on {end}", "optional": "optional", "none": "no task",
    "carried": "carried out by {tasks}", "product": "product", "event-window": "window of {event}",
}  # fmt: skip
