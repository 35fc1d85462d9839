"""Kind and stage of an act, by the words of its sentence."""

import re

from chainregistry.news.bodies import DESIGNATED
from chainregistry.news.model import Found, hidden, search
from chainregistry.news.words import DIGITAL_YUAN, REGISTER, Words

NO_STAGE = Words(
    r"first (?:\S+ ){0,5}to(?= [a-z])|"
    r"pilot (?:free trade )?(?:zones?|cit(?:y|ies)|lists?|projects? list)|demonstration zones?|test zones?|"
    r"work(?:ing)? group|free[- ]trade (?:pilot )?zones?|leading group|opens? (?:up|source)|national pilots?",
    "自贸试验区|自由贸易试验区|试点(?:城市|名单|地区|示范区?)|综合试验区|先行先试",
)
"""Passed over when a stage is looked for: names of zones and lists."""

REPORT = Words("(?:government )?work report", "工作报告")
SPEECH = Words(
    r"(?:governor|mayor|(?:party )?secretary|director|minister|chairman|vice premier|premier|deput(?:y|ies)|leaders?|officials?) "
    r"(?:\w+ )?(?:plans?|wants?|backs?|names?|reports?|meets?|looks?|hopes?|expects?|suggests?|seeks?|explains?)|aims? at|answers|"
    r"calls? (?:for|on)|urges?|asks? for|stress(?:es)?|says?|said|tells|told|pledges?|promises?|vows?|"
    r"promotes? ['‘“]|highlights?|backs? blockchain|speech|study session|stud(?:y|ies) (?:session|blockchain)|chairs?|inspects?|"
    r"visits?|proposes?|sees|names? blockchain|wants?|hails?|praises?|advis[eo]rs?|attends?|speaks?|encourages?|"
    r"leaders? (?:study|want|promote|hold)|reports? (?:about|city|\d+)|interview|meets? (?:blockchain )?(?:compan|firm)\w+|"
    r"trains? \d|forum|seminar|party (?:standing committee|leaders?)",
    "习近平|李克强|李强|政治局|强调|指出|呼吁|讲话|集体学习|专题学习|中心组学习|调研|考察|座谈会|提案|建言|致辞|专访|主旨演讲|倡议|主持召开|会见|表态|研讨会|培训班|"
    "(?:书记|市长|省长|局长|主任|院长|委员|代表)[^，。！]{0,8}(?:[：:]|表示|提出|要求|建议|称)",
)
PROMISE = Words(
    r"calls? (?:for|on)|urges?|asks? for|stress(?:es)?|pledges?|promises?|vows?|promotes? ['‘“]|highlights?|backs? blockchain|"
    r"study session|stud(?:y|ies) session|chairs?|encourages?|leaders? (?:study|want|promote|hold)|inspects?|"
    r"party (?:standing committee|leaders?)",
    "习近平|政治局|强调|指出|集体学习|专题学习|中心组学习|调研|主持召开|提出|要求|考察",
)
"""Speeches that say what those who rule want: their stage is policy; of the others the words tell none."""
RESTRICTION = Words(
    r"bans?|banned|crackdown|cracks? down|clean-?ups?|warns? (?:of|against)|stop crypto\w* mining|shuts? (?:down )?(?:crypto|bitcoin)\w* "
    r"mines?|forbids?|prohibits?|outlaws?|removes? (?:token )?support|raids?|seizes? (?:\S+ ){0,2}(?:crypto|bitcoin|mining)\S*|illegal fundraising|halts?|busts?|arrests?|end to crypto\S* mining",
    "整治|清退|禁止|取缔|提示.{0,16}风险|(?:关闭|关停|清理).{0,8}(?:虚拟货币|交易平台|矿)|风险提示|严厉打击|打击.{0,8}(?:诈骗|炒作|犯罪|挖矿|洗钱)|关停.{0,6}(?:矿|挖矿)|警惕|叫停|查处|非法集资|严禁|约谈|防范.{0,10}风险",
)
TALLY = Words(
    r"(?:counts?|counted|reports?|shows?|passe[sd]|reach(?:es|ed)?|exceeds?|exceeded|tops?|topped|hits?|handle[sd]|has|have|issued|sees|totals?|"
    r"grows? by|surpass\w*) (?:\$|about |over |nearly |more than |some |almost |up to |around |\$)*(?:\d[\d,.]*|a hundred|two|three|five|ten|twelve|"
    r"twenty)(?: (?:million|billion|thousand|per cent))?(?! (?:measures|reporters|pilot|policies))|"
    r"(?:over|more than|nearly) [\d,.]+(?: (?:million|billion|thousand))? (?:\S+ ){0,4}(?:have been|were|had been|issued|handled|recorded)|"
    r"reports a blockchain cluster|uses of blockchain number",
    r"累计|突破[约近超]?[\d百千万亿]|(?:超过?|达到?|逾|近)[\d.,]+[万亿千]?(?:余|多)?[张份笔件家户个项次元条宗例]|已有[\d.]+[万亿千]?[余多]?[张份笔件家户个项条]|[\d.]+[万亿]余?[张份笔件条户次批辆吨]|总量|同比增长",
)
SUBJECT_POLICY = Words(
    r"(?:plans?|rules|guidelines?|guidance|polic(?:y|ies)|opinions?|measures|white paper|draft|regulations?|law) "
    r"(?:asks?|names?|calls?|includes?|foresees?|wants?|aims?|requires?|says?|promises?|backs?|supports?|encourages?)",
)
POLICY = Words(
    r"(?:action|work|implementation|three-year|five-year|3-year|5-year|development|industry|industrial|construction|"
    r"application|transport|software|support|reform|infrastructure|metaverse|economy|city|blockchain|government|14th) plans?|"
    r"plan (?:for|on|to 20\d\d|includes?|names?|asks?|foresees?)|plan$|measures|guidelines?|guidance|guide|opinions?|"
    r"(?<!court )(?<!judge )(?<!courts )rules?(?! that| in favou?r)|regulations?|ordinance|policy(?! blockchain| chain)|policies(?! on)|standards?|specifications?|white paper|blue book|circular|notice|"
    r"legislation|laws?(?! enforcement)|catalogue|"
    r"incentives? for|subsid(?:y|ies|i[sz]es?)|rewards? for|support package|package|roadmap|road map|"
    r"support for (?:the )?blockchain|list of professions|approved as|approves? a|data property rules|e-labour contracts policy",
    "《[^》]*(?:计划|方案|规划|意见|办法|条例|细则|措施|政策|指南|指引|标准|规范|白皮书|通知|规定|要点|纲要|蓝皮书|目录|清单|公告|指导)[^》]*》|"
    "印发|行动计划|行动方案|实施方案|工作方案|三年(?:行动)?计划|发展规划|规划纲要|指导意见|实施意见|管理办法|暂行办法|条例|实施细则|"
    "若干(?:措施|政策|意见|规定)|扶持政策|政策措施|征求意见稿?|地方标准|团体标准|国家标准|行业标准|标准发布|发布.{0,12}(?:白皮书|标准|指南|规范)|"
    "发布.{2,40}(?:意见|方案|规划|办法|措施|计划|通知|规定)|(?:支持|扶持|若干|惠企)措施|的(?:通知|意见|决定|规定)|获批|获评|入选国家|"
    "白皮书|新政|政策|\\d+条|[十一二三四五六七八九]+条|出台|立法|通告|十四五|职业(?:目录|分类)|指南|规划",
)
FUNDING = Words(
    r"(?:sets? up|backs?|launch(?:es)?|plans?|foresees?|creates?|establish\w*|raise[sd]?|opens?) (?:\S+ ){0,8}funds?(?! system| platform| chain)|"
    r"(?:billion|million)[- ]\S+ (?:\S+ )?fund(?! system| platform)|funding round|series [A-D]",
    "(?:产业|投资|引导|专项|发展|创投)基金(?!监管|监督)|亿元.{0,6}基金|基金(?:成立|设立)|[A-D]轮融资|完成.{0,8}融资",
)
CLOSED = Words(
    r"shuts? down|clos(?:es?|ing|ure)|ends?(?! up)|discontinu\w+|abandon\w*|scraps|scrapped|suspends?|withdraws?",
    "关停|停止(?:运营|服务|运行)|停用|下线|终止|关闭|注销",
)
ANNOUNCED = Words(
    r"plans? (?:to|a|an|the|for|its|\w+ (?:\w+ )?(?:platform|system|chain))|plans?|planned|planning|(?:(?-i:[A-Z][\w'’-]*)|governments?|courts?|city|cities in \w+|province|district|bank|banks|authorit(?:y|ies)|bureau|regulators?|department|"
    r"county|police|customs|hospitals?|operator|ministry|administration|office) to (?!(?:the|a|an|its|their|20\d\d|"
    r"\d|\w+ing|date|test|world|over|\w+s|court|mayor|market|small|local|public)\b)[a-z]{3,}|will|signs?|signed|agrees?|agreement|"
    r"tenders?|tendered|bids?|awards? (?:a )?contract|wins? (?:a )?(?:contract|tender|bid|order)|contracts (?:a|an|the)|picks?|prepar\w+|"
    r"intends?|considers?|proposed|in talks|set to|about to|expects?|seeks?|"
    r"announces?|announced|starts? building|begins? (?:building|work)|cooperation|partners?|shortlisted|procures?|buys?",
    "将(?:于|建|推出|上线|启动|打造|在|试点|开展|实现|建设|推动|探索|发行|全面|率先|联合|对|引入|运用|投入|落户|探)|拟|计划(?!》)|签约|签署|战略合作|"
    "合作协议|招标|中标|采购|筹备|筹建|启动建设|开工|有望|年内|即将|争取|规划建设|立项|谋划|加快建设|推进.{0,10}建设|明年|正在建设|公开征集|入选|共建|联合打造|拟建",
)
PILOT = Words(
    r"pilots?|piloted|piloting|trials?|trial run|tests?|tested|testing|(?:tries|try|tried)(?! (?:\S+ ){0,5}cases?)|explores?|experiments?|"
    r"proof of concept|sandbox|beta|studies|study",
    "试点|试运行|试行|测试|内测|公测|试用|试验|试水|探索|沙盒|验证|试发|首批试",
)
LIVE = Words(
    r"launch(?:es|ed)?|goes? (?:live|online|on chain)|went (?:live|online)|opens?|opened|introduces?|released?|releases?|"
    r"presents?|unveils?|rolls? out|puts?|brings?|adopts?|uses?|used|using|runs?|operates?|issues?|issued|handles?|records?|"
    r"stores?|tracks?|traces?|keeps?|complet(?:es?|ed)|delivers?|applies|applied|reports?|counts?|passes|reach(?:es)?|"
    r"links?|shares?|share|connects?|covers?|widens?|expands?|pays?|moves?|starts?|started|begins?|enters? (?:service|use)|"
    r"in (?:use|operation|service)|comes? into (?:use|service|operation)|operational|rules? on|hears?|accepts?|admits?|"
    r"first (?:block ?chain|case|invoice|bill|licen[cs]e)|hands? out|gives?|grants?|has \d|sees \d|supervises?|"
    r"builds?|built|takes?|holds?|supplies|goes on (?:block ?chain|chain)|recogni[sz]es?|embraces?|rules|turns? to|applies|replaces?|extends?|live|offers?|lets?|tie[sd]?|joined|joins?|founded|forms?|sets? up|now|adds?|helps?|supports?|debuts?|installs?|integrates?|upgrades?|deploys?|implements?|digiti[sz]es?|speeds? up|makes?|achieves?|freezes?|receives?|sees|seals?|tries|admits?|watch(?:es)?|shows?|gets?|registers|matches|settles?|approves?|named|listed|"
    r"enables?|completes|processes|verif(?:y|ies)|signs? up",
    "上线|启用|落地|投入(?:使用|运行|运营|应用)|正式(?:运行|运营|启动|启用|发布|开通)|投运|投用|开出|开具|发出|首张|首例|首单|首笔|首个|首家|首份|"
    r"首次|首创|率先|建成|应用|实现|全覆盖|办结|宣判|判决|审结|采用|采信|采纳|签发|发放|接入|开通|推出|运用|运行|亮相|突破(?=[约近超]?[\d千百万亿])|累计|已有|已在|已经|"
    "助力|赋能|上链|推广|发布|启动|打通|用上|搭建|揭牌|入驻|出证|受理|成交|发行|完成|利用|使用|依托|借助|引入|成立|设立|打造|推进|推动|加快|力争|建设(?!银行|兵团|局|部|厅|方案|规划)",
)
WEAK = re.compile(
    r"starts?|started|begins?|builds?|built|takes?|embraces?|turns? to|joins?|joined|sets? up|forms?|founded|gets?|named|listed|shows?|brings?|"
    r"approves?|backs?|holds?|sees|now|helps?|supports?|makes?|achieves?|receives?|应用|利用|依托|借助|搭建|实现|助力|赋能|启动|使用|完成|引入|成立|设立|发布|打造|推进|推动|加快|力争|建设|首创|率先|推广",
    re.IGNORECASE,
)
"""Words of use that tell a deployment but not how far it is."""
INDUSTRY = Words(
    r"(?:industrial |industry |software |science |innovation )?parks?|(?:demonstration|pilot|test|development|industrial|"
    r"industry) zones?|zone named|industry bases?|alliances?|associations?|committee|leading group|clusters?|"
    r"blockchain (?:firms|companies|sector|development)|incubators?|innovation cent(?:er|re)s?|research institutes?|professions?|"
    r"laborator(?:y|ies)|blockchain industry|leading industry|manufacturing|blockchain cent(?:er|re)|evaluation cent(?:er|re)|expert|economy",
    "产业园|园区|产业基地|示范区|先导区|试验区|联盟(?!链)|协会|实验室|研究院|研究中心|创新中心|专委会|委员会成立|领导小组|集聚区|产业集群|"
    "孵化器|产业发展|产业高地|产业|区块链(?:有限)?公司|子公司|先行区|专业|学院|课程",
)
"""What an act is about where it serves the industry instead of running a system: then it is a policy."""
SYSTEM = Words(
    r"platforms?|systems?|invoices?|e-?bills?|bills?|licen[cs]es?|certificates?|e-?licen[cs]es?|vouchers?|nodes?|apps?|"
    r"chain|chains|services? network|evidence|payments?|records?|contracts?|database|wallets?|mini-?program",
    "平台|系统|发票|票据|证照|执照|存证|节点|小程序|红包|消费券|APP|网络|(?<!块)(?<!业)(?<!应)链",
)
INCENTIVE = Words(
    r"subsid(?:y|ies|i[sz]es?|i[sz]ed)|rewards?|rewarded|tax (?:breaks?|relief|cuts?)|(?:cash|government|state) grants?|bonus(?:es)?|cash awards?|"
    r"(?:rent|office)[- ]free|free (?:rent|offices?)|rent subsid\w+|pays? up to|up to \S+ (?:million )?yuan|support fund|"
    r"financial support|digital yuan lottery|red envelopes?|prizes?|vouchers|help with rent|(?:million|billion) yuan (?:in|of) (?:support|funding)|"
    r"guidance fund|government fund",
    "补贴|奖励|补助|税收优惠|资助|红包|扶持资金|专项资金|最高(?:可)?(?:奖|补|给予|支持)|减免|免租|贴息|引导基金|消费券|奖补|真金白银",
)
LAUNCH = Words(
    r"launch(?:es|ed)?|goes? live|opens?|unveils?|rolls? out|introduces?|first|releases?|puts?",
    "上线|启用|开出|首[张例单笔个家份]|推出|投入使用|发布",
)
"""Words of something new, before which no count stands."""
GIVEAWAY = Words(r"lotter(?:y|ies)|red (?:envelopes?|packets?)|giveaways?|hands? out|gives? away", "红包|消费券|抽签")
"""What the digital yuan is tried with."""

_VERBS = {
    "closed": CLOSED,
    "announced": ANNOUNCED,
    "pilot": PILOT,
    "live": LIVE,
}


def kind_of(text: str, where: str, firm: bool) -> tuple[Found | None, Found | None]:
    """Kind and stage of what a sentence tells; ``firm`` says that a firm of the state acts.

    In this order: the register; a ban; a work report; a fund; a document that speaks; a count, unless something new
    stands before it; a speech; a document; else an act. An act is announced if a word of that comes before one of use,
    else pilot, else live; one that serves the industry is a policy.
    """
    look = lambda pattern, value: search(pattern, value, where, text)  # noqa: E731
    policy, launch = look(POLICY, "policy"), look(LAUNCH, "")
    for pattern, kind, stage in (
        (REGISTER, "registration", "other"),
        (RESTRICTION, "restriction", "policy"),
        (REPORT, "statement", "policy"),
        (FUNDING, "funding", "funding"),
        (SUBJECT_POLICY, "policy", "policy"),
        (TALLY, "tally", "pilot" if DIGITAL_YUAN.search(text) else "live"),
    ):
        found = look(pattern, kind)
        before = {"funding": policy, "tally": launch}.get(kind)
        if found and not (before and before.at < found.at):
            return found, Found(stage, found.word, where, found.at)
    if given := look(DESIGNATED, "policy"):
        return given, look(Words("pilot (?:area|cit)", "试点"), "pilot") or Found("policy", given.word, where, given.at)
    staged = hidden(text, NO_STAGE)
    stages = {stage: search(pattern, stage, where, staged) for stage, pattern in _VERBS.items()}
    speech = look(SPEECH, "statement")
    system = look(SYSTEM, "deployment")
    if speech and not (policy and "《" in policy.word):
        reported = system and stages["live"] and re.search(r"report|表示|称|透露", speech.word)
        if not reported:
            told = PROMISE.search(speech.word)
            return speech, Found("policy", speech.word, where, speech.at) if told else None
    if policy and DIGITAL_YUAN.search(text) and re.match("subsid", policy.word):
        policy = None  # paid in the new money
    if policy and firm:
        return Found("market", policy.word, where, policy.at), Found("other", policy.word, where, policy.at)
    if policy:
        return policy, Found("policy", policy.word, where, policy.at)
    stage = _stage(stages)
    if not stage:
        return None, None
    about = look(INDUSTRY, "market" if firm else "policy")
    if about and not system and stage.value == "announced" and re.match("plan", stage.word):
        return about, None  # a plan of an act and a plan in words are one word
    kind = about if about and not system else Found("deployment", stage.word, where, stage.at)
    if (given := look(GIVEAWAY, "pilot")) and DIGITAL_YUAN.search(text) and stage.value == "live":
        stage = given
    if stage.value == "live" and DIGITAL_YUAN.search(text):
        return kind, None  # in use, and yet a trial of the state's money
    if stage.value == "live" and WEAK.fullmatch(stage.word):
        surer = next((m for m in LIVE.finditer(staged) if not WEAK.fullmatch(m[0])), None)
        stage = Found("live", surer[0], where, surer.start()) if surer else None
    return kind, stage


def _stage(stages: dict[str, Found | None]) -> Found | None:
    """Of the words that tell a stage the one that counts."""
    closed, announced, pilot, live = (stages[name] for name in ("closed", "announced", "pilot", "live"))
    if closed:
        return closed
    if announced and not any(found and found.at < announced.at for found in (pilot, live)):
        return announced
    return pilot or live or announced
