"""Invented names by country of return: given names and family names, in Latin letters and in their own script."""

from dataclasses import dataclass
from itertools import product

from cases.models import searchable


@dataclass(frozen=True)
class Name:
    latin: str
    own: str
    plain: str  # the two as Person.search_name has them
    plain_own: str


@dataclass(frozen=True)
class Land:
    """A country of return: what people there are called, where they go and what they speak."""

    code: str
    languages: tuple[str, ...]
    places: tuple[str, ...]
    female: tuple[Name, ...]
    male: tuple[Name, ...]


# code, languages, places, female names, male names, family names; «Latin=own script» where the script is another one
_SOURCES = [
    ("SN", "wo fr", "Dakar,Thiès,Kaolack,Saint-Louis,Tambacounda,Ziguinchor,Matam,Louga",
     "Awa,Fatou,Aminata,Khady,Ndeye,Mariama,Aïssatou,Coumba,Sokhna,Binta,Rokhaya,Adama",
     "Mamadou,Ibrahima,Cheikh,Moussa,Ousmane,Abdoulaye,Bakary,Lamine,Modou,Samba,Babacar,Pape",
     "Diallo,Ndiaye,N'Diaye,Sow,Fall,Diop,Faye,Sarr,Sané,Cissé,Gueye,Mbaye,Seck,Ba,Sy,Diouf,Thiam,Kane,Camara,Badji"),
    ("GE", "ka ru", "Tbilisi,Kutaisi,Batumi,Rustavi,Gori,Zugdidi",
     "Nino=ნინო,Tamar=თამარ,Mariam=მარიამ,Ana=ანა,Elene=ელენე,Natia=ნათია,Ketevan=ქეთევან,Salome=სალომე,Lela=ლელა",
     "Giorgi=გიორგი,Levan=ლევან,Davit=დავით,Irakli=ირაკლი,Luka=ლუკა,Nika=ნიკა,Zurab=ზურაბ,Sandro=სანდრო,Vakhtang=ვახტანგ",
     "Beridze=ბერიძე,Lomidze=ლომიძე,Kapanadze=კაპანაძე,Maisuradze=მაისურაძე,Gelashvili=გელაშვილი,Tsereteli=წერეთელი,"
     "Japaridze=ჯაფარიძე,Kvaratskhelia=კვარაცხელია,Mchedlishvili=მჭედლიშვილი,Abashidze=აბაშიძე"),
    ("NG", "en yo ig", "Lagos,Benin City,Enugu,Ibadan,Kano,Owerri",
     "Mercy,Blessing,Ngozi,Chioma,Adaeze,Ifeoma,Funke,Precious,Amarachi,Yetunde,Joy,Osayi",
     "Chidi,Emeka,Tunde,Segun,Ikenna,Osas,Uche,Femi,Kelechi,Sunday,Friday,Ibrahim",
     "Okafor,Adeyemi,Okoye,Nwosu,Eze,Balogun,Osagie,Igbinedion,Obi,Adebayo,Chukwu,Musa,Ogunleye,Ehigie"),
    ("AF", "fa-AF ps", "Kabul,Herat,Mazar-i-Sharif,Jalalabad,Kunduz",
     "Samira=سمیرا,Parwin=پروین,Zahra=زهرا,Laila=لیلا,Nasrin=نسرین,Shabnam=شبنم,Freshta=فرشته",
     "Behrouz=بهروز,Ahmad=احمد,Reza=رضا,Farid=فرید,Daoud=داوود,Najib=نجیب,Hamid=حمید,Jawad=جواد",
     "Ahmadi=احمدی,Noori=نوری,Karimi=کریمی,Rahimi=رحیمی,Haidari=حیدری,Sadat=سادات,Azizi=عزیزی,Mohammadi=محمدی"),
    ("IQ", "ar ckb", "Baghdad,Erbil,Mosul,Basra,Sulaymaniyah,Kirkuk",
     "Zainab=زينب,Noor=نور,Huda=هدى,Rania=رانية,Shahad=شهد,Maryam=مريم,Sawsan=سوسن",
     "Yusuf=يوسف,Karim=كريم,Hassan=حسن,Ali=علي,Omar=عمر,Mustafa=مصطفى,Saad=سعد,Haider=حيدر",
     "al-Haddad=الحداد,al-Jubouri=الجبوري,al-Tikriti=التكريتي,al-Saadi=السعدي,al-Bayati=البياتي,Barzanji=برزنجي,"
     "al-Dulaimi=الدليمي,al-Khafaji=الخفاجي"),
    ("ET", "am en", "Addis Ababa,Dire Dawa,Mekelle,Hawassa,Gondar",
     "Hana=ሃና,Selam=ሰላም,Meron=ሜሮን,Tigist=ትግስት,Bethlehem=ቤተልሔም,Marta=ማርታ,Aster=አስቴር",
     "Tesfaye=ተስፋዬ,Dawit=ዳዊት,Abebe=አበበ,Yonas=ዮናስ,Solomon=ሰለሞን,Getachew=ጌታቸው,Bereket=በረከት",
     "Bekele=በቀለ,Tadesse=ታደሰ,Haile=ኃይሌ,Girma=ግርማ,Alemu=ዓለሙ,Kebede=ከበደ,Worku=ወርቁ,Desta=ደስታ"),
    ("BR", "pt", "Recife,São Paulo,Belo Horizonte,Goiânia,Salvador",
     "Ana,Beatriz,Camila,Fernanda,Juliana,Luciana,Mariana,Patrícia,Raquel,Vanessa",
     "Antônio,Bruno,Carlos,Diego,Eduardo,João,Lucas,Márcio,Paulo,Rafael",
     "Ferreira,Silva,Souza,Oliveira,Gonçalves,Araújo,Pereira,Conceição,Nascimento,Ribeiro,Alves,Moreira"),
    ("ML", "bm fr", "Bamako,Kayes,Sikasso,Ségou,Mopti",
     "Oumou,Kadiatou,Assitan,Djeneba,Maïmouna,Nana,Rokia,Salimata",
     "Sékou,Amadou,Boubacar,Drissa,Issa,Modibo,Souleymane,Yacouba",
     "Traoré,Keïta,Coulibaly,Diarra,Konaté,Sidibé,Sangaré,Dembélé,Touré,Maïga"),
    ("GN", "ff fr", "Conakry,Labé,Kankan,Mamou,Nzérékoré",
     "Hadja,Kadija,Mariame,Fanta,Djenabou,Aïcha,Safiatou",
     "Alpha,Thierno,Mamadou Alpha,Ousmane,Saïdou,Lansana,Elhadj",
     "Barry,Bah,Baldé,Condé,Camara,Sylla,Soumah,Diaby,Bangoura,Tounkara"),
    ("PK", "ur pa", "Lahore,Gujrat,Sialkot,Karachi,Peshawar",
     "Ayesha=عائشہ,Fatima=فاطمہ,Sana=ثناء,Nadia=نادیہ,Saima=صائمہ,Rukhsana=رخسانہ",
     "Imran=عمران,Bilal=بلال,Usman=عثمان,Tariq=طارق,Zubair=زبیر,Kashif=کاشف,Nadeem=ندیم",
     "Khan=خان,Butt=بٹ,Chaudhry=چوہدری,Malik=ملک,Akhtar=اختر,Hussain=حسین,Iqbal=اقبال,Raza=رضا"),
    ("AM", "hy ru", "Yerevan,Gyumri,Vanadzor,Abovyan",
     "Anahit=Անահիտ,Gayane=Գայանե,Lusine=Լուսինե,Mariam=Մարիամ,Narine=Նարինե,Siranush=Սիրանուշ",
     "Armen=Արմեն,Gevorg=Գևորգ,Hayk=Հայկ,Karen=Կարեն,Tigran=Տիգրան,Vardan=Վարդան",
     "Hakobyan=Հակոբյան,Sargsyan=Սարգսյան,Petrosyan=Պետրոսյան,Grigoryan=Գրիգորյան,Harutyunyan=Հարությունյան,"
     "Sahakyan=Սահակյան"),
    ("CI", "fr", "Abidjan,Bouaké,Daloa,Korhogo,Man",
     "Affoué,Akissi,Amenan,Marie-Laure,Adjoua,Nathalie,Aya,O'Nelly",
     "Kouadio,Konan,Yao,Jean-Désiré,Koffi,Serge,Aboubacar,N'Guessan",
     "Kouamé,Kouassi,N'Dri,Ouattara,Bamba,Yapi,Gnagne,Zadi,Koné,Tanoh"),
]  # fmt: skip


def _lands() -> list[Land]:
    return [
        Land(
            code,
            tuple(languages.split()),
            tuple(places.split(",")),
            _full(female, family),
            _full(male, family),
        )
        for code, languages, places, female, male, family in _SOURCES
    ]


def _full(given: str, family: str) -> tuple[Name, ...]:
    """Every given name, every second one with a second given name, with every family name."""
    pairs = [_pair(name) for name in given.split(",")]
    doubled = [(f"{a} {c}", f"{b} {d}".strip()) for (a, b), (c, d) in zip(pairs, pairs[1:] + pairs[:1], strict=True)]
    names = []
    for (first, own), (last, own_last) in product(pairs + doubled[::2], [_pair(name) for name in family.split(",")]):
        latin, original = f"{first} {last}", f"{own} {own_last}".strip()
        names.append(Name(latin, original, searchable(latin), searchable(original)))
    return tuple(names)


def _pair(text: str) -> tuple[str, str]:
    latin, _mark, own = text.partition("=")
    return latin, own


LANDS = _lands()
