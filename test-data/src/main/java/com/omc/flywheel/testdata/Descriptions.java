package com.omc.flywheel.testdata;

import java.util.List;

/** Invents what a column means, in the manner of a catalogue of marketing attributes and true to the column's kind. */
final class Descriptions {
    private static final List<String> SUBJECTS = List.of(
            "Apparel purchases",
            "Art and antiques interest",
            "Automotive loyalty",
            "Baby product buyers",
            "Bank card holder",
            "Beauty and cosmetics spending",
            "Boat ownership",
            "Book reading",
            "Business owner",
            "Café and bakery spending",
            "Camping and hiking",
            "Cat ownership",
            "Charitable donations",
            "Children in the home",
            "Collectibles",
            "Community involvement",
            "Computer ownership",
            "Cooking interest",
            "Credit card use",
            "Crafts and hobbies",
            "Cruise vacations",
            "Discretionary spending",
            "Do it yourself projects",
            "Dog ownership",
            "Dwelling type",
            "Economic stability",
            "Education",
            "Electronics purchases",
            "Energy provider",
            "Entertainment streaming",
            "Environmental causes",
            "Fashion interest",
            "Fitness and exercise",
            "Foreign travel",
            "Furniture purchases",
            "Gardening",
            "Gaming",
            "Gift buying",
            "Golf",
            "Gourmet food",
            "Grandchildren",
            "Health and wellness",
            "Heating type",
            "High end retail",
            "Home assessed value",
            "Home equity available",
            "Home improvement",
            "Home market value",
            "Home office",
            "Home purchase",
            "Household income",
            "Household size",
            "Hunting and fishing",
            "In-market vehicle",
            "Insurance renewal",
            "Internet connection",
            "Investments",
            "Jewelry purchases",
            "Language spoken",
            "Length of residence",
            "Lifestyle cluster",
            "Loan to value",
            "Magazine subscriptions",
            "Mail order",
            "Marital status",
            "Mortgage lender",
            "Mortgage rate",
            "Motorcycle ownership",
            "Museum visits",
            "Music interest",
            "Net worth",
            "New mover",
            "News interest",
            "Occupation",
            "Online buying",
            "Outdoor recreation",
            "Own or rent",
            "Parenting interest",
            "Pet supplies",
            "Photography",
            "Political affiliation",
            "Pool on the property",
            "Prepaid cards",
            "Prescription spending",
            "Property type",
            "Real estate investor",
            "Refinance",
            "Retail channel preference",
            "Retirement plans",
            "Savings",
            "School districts",
            "Senior in the home",
            "Shopping frequency",
            "Skiing",
            "Sports interest",
            "Student loans",
            "Subscription boxes",
            "Sweepstakes",
            "Television viewing",
            "Tennis",
            "Theater tickets",
            "Vehicle age",
            "Vehicle make",
            "Vehicle purchase",
            "Veteran in the home",
            "Video on demand",
            "Voter registration",
            "Walking for health",
            "Wine interest",
            "Winter sports",
            "Working parent",
            "Year built");

    private static final List<String> HOLDERS = List.of(
            "individual",
            "household",
            "second individual",
            "input individual",
            "neighborhood",
            "area level",
            "premier");

    private Descriptions() {}

    /** A description with one comma or none, and without quotation marks. */
    static String of(String column, boolean withComma) {
        if (column.equals(MappingRow.KEY)) {
            return withComma ? "Customer user id, unique" : "Customer user id";
        }
        long hash = SplitMix.mix(SplitMix.hash(column) + 4);
        String subject = SUBJECTS.get(SplitMix.uniform(hash, SUBJECTS.size()));
        String holder = HOLDERS.get(SplitMix.uniform(hash >>> 31, HOLDERS.size()));
        return "%s%s%s - %s".formatted(subject, withComma ? ", " : " - ", holder, form(ColumnKind.of(column)));
    }

    private static String form(ColumnKind kind) {
        return switch (kind) {
            case FLAG -> "indicator";
            case CODE -> "code";
            case BAND -> "range";
            case PLACE -> "postal area";
            case WORD -> "name";
            case INTEGER -> "count";
            case LONG -> "reference number";
            case SMALL_DECIMAL -> "amount";
            case DECIMAL -> "total amount";
            case WIDE_DECIMAL -> "weighted amount";
            case DOUBLE -> "propensity score";
            case DATE -> "date last seen";
            case TIMESTAMP -> "time last updated";
            case BOOLEAN -> "presence";
        };
    }
}
