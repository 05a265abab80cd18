"""Usual given names in Latin and in Arabic letters, so that a colleague is known by either (a table of our own).

Sound alone does not tell them apart from other words: short vowels are not written, and Ali, Omar or Layla have two
consonants or three. One line each, Latin spellings first, all in plain letters.
"""

from __future__ import annotations

from typing import Final

_LINES: Final = """
ali aly : علي
omar omer umar : عمر
hassan hasan : حسن
hussein husain husayn hossein : حسين
saeed said saied : سعيد
saad : سعد
ahmed ahmad : احمد
mahmoud mahmud : محمود
mohammed muhammad mohamed mohammad : محمد
mustafa moustafa : مصطفى
khaled khalid : خالد
karim kareem : كريم کەریم
salim saleem : سليم
samir sameer : سمير
tariq tarek : طارق
zaid zayd zeid : زيد
yusuf yousef youssef joseph : يوسف
younis yunus yunis : يونس
musa moussa mousa : موسى
isa issa eissa : عيسى
yahya yehya : يحيى
bilal : بلال
jamal gamal : جمال
walid waleed : وليد
rami : رامي
sami : سامي
hadi : هادي
mahdi mehdi : مهدي
rashid rasheed : رشيد
faris fares : فارس
amir ameer : امير
nabil nabeel : نبيل
layla leila laila leyla : ليلى ليلي لەیلا
amal : امل
muna mona : منى
huda hoda : هدى
noor nour nur : نور
nada : ندى
hana hanaa hanna : هنا هناء
rana : رنا
sara sarah : سارة ساره
salma : سلمى
mariam maryam miriam : مريم
zainab zaynab zeinab : زينب
fatima fatma : فاطمة فاطمه
aisha aysha aicha : عايشة
khadija khadeeja : خديجة
nadia nadya : نادية ناديا
samira sameera : سميرة
rima reema : ريما
dalia dalya : داليا
suad souad : سعاد
shirin shireen : شيرين
"""


_GROUPS: Final = {
    name: frozenset(line.replace(":", " ").split()) for line in _LINES.strip().splitlines() for name in line.split()
}


def spellings(name: str) -> frozenset[str]:
    """This name, in plain letters, and its usual spellings in both scripts."""
    return _GROUPS.get(name, frozenset()) | {name}
