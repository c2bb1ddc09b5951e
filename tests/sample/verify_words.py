"""The words that `verify.py` looks for: headings, labels and periods, written down apart from the generator."""

HEADS = {
    "planned_new_places": "计划新增学位", "new_places": "实际新增学位", "new_places_in_use": "其中:已投入使用", "opened": "启用日期",
    "closed_places": "同期撤并减少学位", "public_places": "学位 公办", "private_places": "学位 民办", "public_enrolled": "在校生 公办",
    "private_enrolled": "在校生 民办", "bought_place_pupils": "在校生 其中:政府购买学位就读", "bought_place_spending": "购买金额",
    "schools": "学校数", "classes": "班数", "enrolled": "在校生", "staff": "教职工", "teachers": "专任教师", "large_classes": "其中:56人以上大班",
    "established_teachers": "在编专任教师", "temporary_teachers": "临聘|临聘教师", "teachers_junior_college": "学历 专科",
    "teachers_bachelor": "学历 本科", "teachers_postgraduate": "学历 研究生", "recruitment_planned": "招聘计划", "recruited": "已招|已招聘",
    "recruits_in_post": "到岗", "self_recruiting_schools": "自主招聘学校", "training_attendances": "培训人次",
    "rural_teachers_upgrading": "乡村教师学历提升", "staffing_schools": "学校数", "posts_required": "应配", "posts_filled": "已配",
    "posts_short": "缺额", "schools_fully_staffed": "配齐学校数", "screening_enrolled": "在校生", "due_for_screening": "应筛",
    "screened": "实筛", "validly_screened": "有效", "myopic": "筛查性近视", "low_myopic": "其中 低度", "moderate_myopic": "其中 中度",
    "high_myopic": "其中 高度", "orthokeratology_wearers": "戴角膜塑形镜",
    # S03, S04, S07
    "kindergartens": "幼儿园数", "kindergarten_enrolled": "在园幼儿", "public_kindergarten_enrolled": "其中:公办园在园",
    "inclusive_private_enrolled": "其中:普惠性民办园在园", "kindergarten_staff": "教职工", "registered_due": "户籍适龄儿童 应入学",
    "registered_enrolled": "户籍适龄儿童 已入学", "migrant_applied": "随迁子女 申请|随迁子女 申请入学", "migrant_eligible": "随迁子女 符合条件",
    "migrant_placed_public": "随迁子女 公办安置|随迁子女 公办学校安置", "migrant_placed_bought": "随迁子女 购买学位安置",
    "rotation_eligible": "符合交流条件", "rotated": "实际交流", "rotated_town_schools": "其中:城镇、优质学校|其中:城镇或优质学校",
    "rotated_backbone": "其中:骨干教师|其中:骨干", "rotated_principals": "其中:校长",
    # S09, S11, S12
    "psychology_schools": "学校数", "schools_with_psychologist": "有专职心理教师学校", "full_time_psychologists": "心理教师 专职",
    "part_time_psychologists": "心理教师 兼职", "psychology_form_teachers": "专任教师", "c_certificate_trained": "其中:C证已培训",
    "schools_with_psychology_course": "开设心理健康课学校|开课学校", "schools_with_standard_room": "标准化心理辅导室学校",
    "psychology_feature_schools": "特色学校", "fitness_tested": "参测", "fitness_exempt": "免测", "fitness_excellent": "等级 优秀",
    "fitness_good": "等级 良好", "fitness_pass": "等级 及格", "fitness_fail": "等级 不及格", "digital_schools": "学校数",
    "ai_schools": "开设人工智能教育学校|开设AI学校", "ai_platform_schools": "其中:使用平台学校", "stem_schools": "开设STEM课程学校",
    "smart_reading_schools": "参与智慧阅读学校", "reading_notes": "笔记数",
    # S13, S13Y, S14, S15
    "education_budget": "预算数", "education_spent": "累计执行数", "education_final_accounts": "决算数", "average_enrolled": "年平均在校生",
    "vocational_schools": "学校数", "vocational_schools_compliant": "办学条件达标", "vocational_site_area": "占地面积",
    "vocational_building_area": "校舍建筑面积", "vocational_teachers": "专任教师", "vocational_equipment_value": "仪器设备值",
    "vocational_books": "图书", "vocational_majors_added": "新增专业", "vocational_majors_dropped": "停办专业",
    "vocational_schools_renovated": "完成微改造", "after_school_pupils": "参加课后服务", "lunch_rest_pupils": "午休托管",
    "lie_flat_pupils": "其中:平躺睡", "licensed_institutions": "持证机构", "connected_institutions": "其中:已接入平台",
    "supervised_institutions": "其中:资金监管", "training_cases_found": "违规培训 查处", "training_cases_closed": "违规培训 办结",
    # S16, S17, S18
    "safety_schools": "学校数", "canteens": "食堂", "canteens_grade_a": "其中:A级", "canteens_grade_b": "其中:B级",
    "canteens_grade_c": "其中:C级", "aed_devices": "AED", "schools_with_aed": "已配AED学校",
    "school_clinics": "设卫生室学校|设卫生室(保健室)学校", "school_doctors": "校医", "schools_with_alarm": "一键报警达标学校",
    "schools_inspected": "排查学校", "hazards_found": "安全隐患 发现", "hazards_fixed": "安全隐患 已整改", "safe_campus_schools": "安全文明校园",
    "drowning_incidents": "溺水", "bullying_incidents": "欺凌", "laboratory_schools_due": "实验室 应检学校",
    "laboratory_schools_checked": "实验室 已检学校", "sister_pairs": "结对", "pair_signed": "签约日期", "window_schools": "认定窗口学校",
    "window_candidates": "培育单位", "party_kindergartens": "幼儿园 总数", "kindergartens_with_party": "幼儿园 已建党组织",
    "party_institutions": "培训机构 总数", "institutions_with_party": "培训机构 已建党组织", "party_instructors": "党建指导员",
    "principal_system_due": "应实施校长负责制学校", "principal_system_schools": "已实施校长负责制学校",
    "private_party_organisations_new": "当季新建民办党组织",
    # S19 to S22, T01
    "graduates": "毕业生", "graduates_employed": "去向 单位就业", "graduates_self_employed": "去向 自主创业", "graduates_freelance": "去向 自由职业",
    "graduates_studying": "去向 升学", "milestone_office": "牵头处室", "milestone_started": "启动日期", "milestone_planned": "计划完成日期",
    "milestone_completed": "完成日期", "milestone_document": "文号", "milestone_evidence": "佐证材料", "milestone_count": "完成数量",
    "key_projects": "项目数", "key_projects_on_schedule": "其中:按计划推进", "project_places": "规划学位", "aid_counties": "帮扶县",
    "aid_schools": "帮扶学校", "teachers_sent": "派出支教", "teachers_hosted": "接收跟岗", "poor_pupils": "困难学生|家庭经济困难学生",
    "aided_pupils": "其中:受资助", "aid_amount": "资助金额", "dropouts_from_hardship": "因经济困难失学", "district_share": "分解任务",
}
DAYS = {"opened", "pair_signed", "milestone_started", "milestone_planned", "milestone_completed"}
WORDS = {"milestone_office", "milestone_document", "milestone_evidence"}
STAGE = {"kindergarten": {"幼儿园"}, "primary": {"小学"}, "junior": {"初中"}, "senior": {"普通高中", "高中"}, "vocational": {"中职"}}
BUILD = {"new_build": "新建", "extension": "扩建", "conversion": "改建", "private_to_public": "转公"}
SUBJECT = {"pe": "体育", "music": "音乐", "art": "美术", "labour": "劳动", "psychology": "心理"}
GRADE = dict(enumerate((("一年级",), ("二年级",), ("三年级",), ("四年级",), ("五年级",), ("六年级",), ("初一", "七年级"),
                        ("初二", "八年级"), ("初三", "九年级"), ("高一",), ("高二",), ("高三",)), 1))
AREA = dict(zip("440103 440104 440105 440106 440111 440112 440113 440114 440115 440117 440118 440100-M 440100-B 440100-U".split(),
                "荔湾 越秀 海珠 天河 白云 黄埔 番禺 花都 南沙 从化 增城 属 广州市教育局 市属高校".split()))
REGION = {"hong_kong_macao": {"香港", "澳门"}, "international": {"英国", "德国", "新加坡", "法国", "日本", "加拿大", "新西兰", "泰国",
                                                              "马来西亚", "意大利"}}
FIRST_FORMS = {"S01", "S02", "S05", "S06", "S08", "S10"}
AREA_IN_ROW = {"S14", "S17", "S17A", "S21", "T01"}
OPEN = ("project", "school", "counterpart", "university", "place", "target")


def spellings(period: str) -> list:
    """The ways in which offices write a period."""
    year, part = period[:4], period[5:]
    if not part:
        return [year]
    if period[4] == "/":
        return [f"{year}-{int(year) + 1}学年"]
    if part[0] == "S":
        spring = part == "S1"
        first = int(year) - spring
        return [f"{year}年{'春' if spring else '秋'}季学期", f"{first}-{first + 1}学年第{'二' if spring else '一'}学期"]
    if part[0] == "Q":
        return [f"{year}年第{part[1]}季度", f"{year}年第{'一二三四'[int(part[1]) - 1]}季度", f"{year}年{'一二三四'[int(part[1]) - 1]}季度"]
    return [f"{year}年{int(part)}月", f"{year}年{part}月", period]
